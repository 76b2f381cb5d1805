package dev.smartdispatcher.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.check.WorkerCheckSpecBuilder;
import dev.smartdispatcher.api.worker.CheckNotRun;
import dev.smartdispatcher.api.worker.CheckResult;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialChecksTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final List<CheckDefinition> checks = List.of(CheckDefinition.of(
            "loop", "uid", 1, WorkerCheckSpecBuilder.builder().script("true").build(), List.of()));

    private static CheckResult result(boolean passed, Instant time) {
        return CheckResult.none("loop").with().passed(passed).time(time).build();
    }

    @Test
    void onlyWhatWasRunSinceTheTrialBeganCounts() {
        assertThat(TrialChecks.untried(checks, List.of(), NOON)).containsExactly("loop");
        var before = List.of(result(false, NOON.minusSeconds(1)));
        assertThat(TrialChecks.untried(checks, before, NOON)).containsExactly("loop");
        assertThat(TrialChecks.failed(before, NOON)).isFalse();
        var passed = List.of(result(true, NOON));
        assertThat(TrialChecks.untried(checks, passed, NOON)).isEmpty();
        assertThat(TrialChecks.failed(passed, NOON)).isFalse();
        assertThat(TrialChecks.failed(List.of(result(false, NOON)), NOON)).isTrue();
    }

    @Test
    void oneThatCannotBeRunIsNotWaitedFor() {
        var notRun = new CheckNotRun(NOON.plusSeconds(5), 1, "ErrImagePull");
        var results = List.of(result(true, NOON.minusSeconds(60)).withNotRun(notRun));
        assertThat(TrialChecks.untried(checks, results, NOON)).isEmpty();
    }
}
