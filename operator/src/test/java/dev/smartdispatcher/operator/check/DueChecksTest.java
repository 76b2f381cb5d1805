package dev.smartdispatcher.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.check.WorkerCheckSpecBuilder;
import dev.smartdispatcher.api.worker.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DueChecksTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String BOOT = "boot/uid";

    private static CheckDefinition check(String name, int interval, boolean mandatory) {
        return CheckDefinition.of(
                name,
                "uid-" + name,
                1,
                WorkerCheckSpecBuilder.builder()
                        .script("true")
                        .intervalSeconds(interval)
                        .mandatory(mandatory)
                        .build(),
                List.of());
    }

    private static CheckResult passed(CheckDefinition check, CheckResult before, Instant end) {
        return new CheckOutcome.Ended(Optional.of(0), false, "", Map.of(), end)
                .applied(before, check, before.lastRound() + 1, BOOT);
    }

    private static CheckResult passed(CheckDefinition check, Instant end) {
        return passed(check, CheckResult.none(check.name()), end);
    }

    private static List<CheckDefinition> due(Instant now, List<CheckDefinition> checks, CheckResult... results) {
        return new DueChecks("w", BOOT, now).of(checks, List.of(results));
    }

    @Test
    void oneThatNeverRanIsDue() {
        assertThat(due(NOON, List.of(check("a", 3600, false)))).hasSize(1);
    }

    @Test
    void itIsDueAgainWithinTheLastTenthOfItsInterval() {
        var check = check("a", 3600, false);
        var result = passed(check, NOON);
        assertThat(due(NOON.plusSeconds(3239), List.of(check), result)).isEmpty();
        assertThat(due(NOON.plusSeconds(3600), List.of(check), result)).hasSize(1);
    }

    @Test
    void anotherBootGenerationOrWorkerCheckMakesItDue() {
        var check = check("a", 3600, false);
        var result = passed(check, NOON);
        assertThat(due(NOON, List.of(check), result)).isEmpty();
        assertThat(due(NOON, List.of(check), result.withBoot("other/uid"))).hasSize(1);
        assertThat(due(NOON, List.of(check), result.withCheckGeneration(2L))).hasSize(1);
        assertThat(due(NOON, List.of(check), result.withCheckUid("other"))).hasSize(1);
        assertThat(due(NOON, List.of(check), result.withTime(NOON.plusSeconds(60))))
                .hasSize(1);
    }

    @Test
    void oneThatCouldNotBeRunIsTriedAgainLaterAndLater() {
        var check = check("a", 3600, false);
        var result = CheckResult.none("a");
        for (int seconds : new int[] {60, 120, 240, 480, 600, 600}) {
            result = new CheckOutcome.NotRun("no image", NOON).applied(result, check, result.lastRound() + 1, BOOT);
            assertThat(due(NOON.plusSeconds(seconds - 1), List.of(check), result))
                    .isEmpty();
            assertThat(due(NOON.plusSeconds(seconds), List.of(check), result)).hasSize(1);
        }
        assertThat(passed(check, result, NOON).notRun()).isNull();
    }

    @Test
    void mandatoryOnesComeFirstThenThoseWithoutAResultThenTheOldest() {
        var must = check("must", 60, true);
        var fresh = check("fresh", 60, false);
        var old = check("old", 60, false);
        var newer = check("newer", 60, false);
        var now = NOON.plusSeconds(600);
        assertThat(due(
                        now,
                        List.of(newer, old, fresh, must),
                        passed(must, NOON.plusSeconds(9)),
                        passed(old, NOON),
                        passed(newer, NOON.plusSeconds(5))))
                .containsExactly(must, fresh, old, newer);
    }

    @Test
    void oneThatCannotBeRunAnywhereIsNeverDue() {
        var broken = CheckDefinition.of(
                "a", "uid", 1, WorkerCheckSpecBuilder.builder().build(), List.of());
        assertThat(broken.problems()).containsExactly("spec.script: must be set");
        assertThat(due(NOON, List.of(broken))).isEmpty();
    }

    /** Each due check of a worker runs within its interval and the time that all others may take before it. */
    @Test
    void noneStarves() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var checks = new ArrayList<CheckDefinition>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                checks.add(check("c" + i, 60 + random.nextInt(600), random.nextInt(3) == 0));
            }
            int longest = 1 + random.nextInt(9);
            var results = new HashMap<String, CheckResult>();
            var last = new HashMap<String, Instant>();
            var now = NOON;
            for (int step = 0; step < 500; step++) {
                var due = new DueChecks("w", BOOT, now).of(checks, results.values());
                now = now.plusSeconds(1 + random.nextInt(longest));
                if (!due.isEmpty()) {
                    var next = due.get(0);
                    results.put(
                            next.name(),
                            passed(next, results.getOrDefault(next.name(), CheckResult.none(next.name())), now));
                    last.put(next.name(), now);
                }
                for (var check : checks) {
                    var waited = Duration.between(last.getOrDefault(check.name(), NOON), now);
                    assertThat(waited)
                            .as("seed %d, %s of %d", seed, check.name(), checks.size())
                            .isLessThanOrEqualTo(check.spec().interval().plusSeconds((checks.size() + 1L) * longest));
                }
            }
        }
    }

    @Test
    void theyDoNotComeAtOnceThoughTheyRanAtOnce() {
        var check = check("a", 3600, false);
        var result = passed(check, NOON);
        var half = NOON.plusSeconds(3420);
        long early = 0;
        for (int i = 0; i < 1000; i++) {
            early += new DueChecks("worker-" + i, BOOT, half)
                    .of(List.of(check), List.of(result))
                    .size();
        }
        assertThat(early).isBetween(400L, 600L);
    }
}
