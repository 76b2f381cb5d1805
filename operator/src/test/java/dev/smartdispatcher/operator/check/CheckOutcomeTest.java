package dev.smartdispatcher.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.check.WorkerCheckSpecBuilder;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckOutcomeTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final CheckDefinition CHECK = CheckDefinition.of(
            "loop",
            "uid",
            3,
            WorkerCheckSpecBuilder.builder()
                    .script("true")
                    .expireAfterSeconds(7200)
                    .build(),
            List.of());

    private static CheckOutcome ended(int code, Instant end) {
        return new CheckOutcome.Ended(Optional.of(code), false, "text", Map.of("count", "8"), end);
    }

    private static CheckStanding standing(CheckResult result, Instant now) {
        return CheckValidity.standing(result, CHECK, "boot", now);
    }

    @Test
    void aResultCountsUntilItExpires() {
        var result = ended(0, NOON).applied(CheckResult.none("loop"), CHECK, 1, "boot");
        assertThat(result.expires()).isEqualTo(NOON.plusSeconds(7200));
        assertThat(standing(result, NOON.plusSeconds(7199))).isEqualTo(CheckStanding.Passed);
        assertThat(standing(result, NOON.plusSeconds(7200))).isEqualTo(CheckStanding.Unknown);
        assertThat(standing(null, NOON)).isEqualTo(CheckStanding.Unknown);
        assertThat(standing(result.withBoot("another"), NOON)).isEqualTo(CheckStanding.Unknown);
        assertThat(standing(result.withCheckGeneration(2L), NOON)).isEqualTo(CheckStanding.Unknown);
        assertThat(standing(result.withCheckUid("another"), NOON)).isEqualTo(CheckStanding.Unknown);
    }

    @Test
    void itsAttributesAreFactsAsLongWhetherItPassedOrNot() {
        var result = ended(1, NOON).applied(CheckResult.none("loop"), CHECK, 1, "boot");
        var checks = List.of(CHECK);
        assertThat(standing(result, NOON)).isEqualTo(CheckStanding.Failed);
        assertThat(CheckValidity.facts(
                        checks, CheckValidity.standings(checks, List.of(result), "boot", NOON), List.of(result)))
                .containsExactly(Map.entry("check.loop.count", "8"));
        var later = NOON.plusSeconds(7200);
        assertThat(CheckValidity.facts(
                        checks, CheckValidity.standings(checks, List.of(result), "boot", later), List.of(result)))
                .isEmpty();
    }

    @Test
    void theLastFiveRunsAreKeptTheLatestFirst() {
        var result = CheckResult.none("loop");
        for (int i = 1; i <= 7; i++) {
            result = ended(i % 2, NOON.plusSeconds(i)).applied(result, CHECK, i, "boot");
        }
        assertThat(result.history()).hasSize(5);
        assertThat(result.history().get(0).time()).isEqualTo(NOON.plusSeconds(7));
        assertThat(result.history().get(0).passed()).isFalse();
        assertThat(result.history().get(4).time()).isEqualTo(NOON.plusSeconds(3));
        assertThat(result.lastRound()).isEqualTo(7);
    }

    @Test
    void aRunThatNeverStartedLeavesTheResultAsItWas() {
        var result = ended(0, NOON).applied(CheckResult.none("loop"), CHECK, 1, "boot");
        var after = new CheckOutcome.NotRun("no image", NOON.plusSeconds(60)).applied(result, CHECK, 2, "boot");
        assertThat(after.withNotRun(null).withRound(1L)).isEqualTo(result);
        assertThat(after.lastRound()).isEqualTo(2);
        assertThat(after.notRun().times()).isEqualTo(1);
        assertThat(standing(after, NOON.plusSeconds(61))).isEqualTo(CheckStanding.Passed);
    }

    @Test
    void aTimeOutIsAFailure() {
        var late = new CheckOutcome.Ended(Optional.empty(), true, "stopped", Map.of(), NOON);
        assertThat(late.kind()).isEqualTo(CheckOutcome.Kind.timeout);
        assertThat(late.applied(CheckResult.none("loop"), CHECK, 1, "boot").passed())
                .isFalse();
    }
}
