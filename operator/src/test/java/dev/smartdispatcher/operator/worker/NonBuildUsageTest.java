package dev.smartdispatcher.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.AgentFactsBuilder;
import dev.smartdispatcher.api.worker.facts.CpuFacts;
import dev.smartdispatcher.api.worker.facts.LoadFacts;
import dev.smartdispatcher.operator.scheduler.model.Room;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A machine of sixteen threads, of which builds may use fourteen. */
class NonBuildUsageTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Room BUDGET = new Room(14_000, 1, 1, 1);

    private static AgentFacts facts(int seconds, String cpu) {
        return AgentFactsBuilder.builder()
                .observedTime(NOW.plusSeconds(seconds))
                .cpu(new CpuFacts(null, null, null, null, 16, null, null, null, null))
                .load(new LoadFacts(cpu == null ? null : new Quantity(cpu), null, null))
                .build();
    }

    private final NonBuildUsage begun = NonBuildUsage.UNKNOWN.next(facts(0, "16"), BUDGET, 0);

    @Test
    void ofTheFirstLookNothingIsSaidSinceNobodyKnowsWhatBuildsHadBefore() {
        assertThat(begun.millis()).isZero();
    }

    @Test
    void whatTheBudgetLeavesToOthersIsTheirs() {
        assertThat(begun.next(facts(60, "2"), BUDGET, 0).millis()).isZero();
        assertThat(begun.next(facts(60, "7"), BUDGET, 0).millis()).isEqualTo(5000);
    }

    @Test
    void whatBuildsWereGivenIsNotTheOthers() {
        assertThat(begun.next(facts(60, "11"), BUDGET, 6000).millis()).isEqualTo(3000);
        assertThat(begun.next(facts(60, "11"), BUDGET, 12_000).millis()).isZero();
    }

    @Test
    void aBuildThatHasJustEndedIsStillInTheFigure() {
        var busy = begun.next(facts(0, "16"), BUDGET, 12_000);
        var ended = busy.next(facts(0, "16"), BUDGET, 0);
        assertThat(ended.next(facts(60, "12"), BUDGET, 0).millis()).isZero();
        assertThat(ended.next(facts(60, "12"), BUDGET, 0)
                        .next(facts(120, "12"), BUDGET, 0)
                        .millis())
                .isEqualTo(10_000);
    }

    @Test
    void whatCannotBeTrueOrIsNotToldIsNothing() {
        assertThat(begun.next(facts(60, "900"), BUDGET, 0).millis()).isEqualTo(14_000);
        assertThat(begun.next(facts(60, null), BUDGET, 0).millis()).isZero();
        assertThat(begun.next(facts(60, "9Ei"), BUDGET, 0).millis()).isBetween(0L, 14_000L);
    }
}
