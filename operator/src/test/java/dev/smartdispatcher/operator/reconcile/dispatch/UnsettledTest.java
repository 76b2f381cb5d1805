package dev.smartdispatcher.operator.reconcile.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.pass.RandomFarms;
import dev.smartdispatcher.operator.reconcile.dispatch.AllocationWriter.Outcome;
import dev.smartdispatcher.operator.reconcile.dispatch.AllocationWriter.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnsettledTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Unsettled unsettled = new Unsettled();
    private final Decision decision = decision();

    @Test
    void whatIsNotSettledIsSentAgainAfterEverLongerPauses() {
        var sent = new ArrayList<Integer>();
        unsettled.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        for (int second = 0; second <= 32; second++) {
            var now = NOW.plusSeconds(second);
            var due = unsettled.due(d -> true, now);
            if (!due.isEmpty()) {
                sent.add(second);
                unsettled.sent(List.of(new Sent(decision, Outcome.Unknown)), now);
            }
        }
        assertThat(sent).containsExactly(1, 3, 7, 15, 23, 31);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"Written", "Refused"})
    void whatIsSettledIsNot(Outcome outcome) {
        unsettled.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        unsettled.sent(List.of(new Sent(decision, outcome)), NOW.plusSeconds(1));
        assertThat(unsettled.isEmpty()).isTrue();
    }

    /** Only answers count: what was not answered may be on its way. */
    @Test
    void whatFailsAgainAndAgainIsHopeless() {
        for (int i = 1; i < Unsettled.MOST_FAILURES; i++) {
            unsettled.sent(List.of(new Sent(decision, Outcome.Failing, "no")), NOW);
        }
        unsettled.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        for (int i = 1; i < Unsettled.MOST_FAILURES; i++) {
            unsettled.sent(List.of(new Sent(decision, Outcome.Failing, "no")), NOW);
            assertThat(unsettled.hopeless(NOW)).isEmpty();
        }
        unsettled.sent(List.of(new Sent(decision, Outcome.Failing, "no")), NOW);
        assertThat(unsettled.hopeless(NOW)).extracting(Sent::said).containsExactly("no");
        unsettled.forget(decision);
        assertThat(unsettled.isEmpty()).isTrue();
    }

    /** Whether one can be given up is asked of the API server, which may not answer that either. */
    @Test
    void whatIsHopelessIsToldNoMoreOftenThanItIsSent() {
        var told = new ArrayList<Integer>();
        unsettled.sent(List.of(new Sent(decision, Outcome.Failing, "no")), NOW);
        for (int second = 0; second <= 32; second++) {
            var now = NOW.plusSeconds(second);
            if (!unsettled.due(d -> true, now).isEmpty()) {
                unsettled.sent(List.of(new Sent(decision, Outcome.Failing, "no")), now);
            }
            if (!unsettled.hopeless(now).isEmpty()) {
                told.add(second);
            }
        }
        assertThat(told).containsExactly(15, 23, 31);
    }

    @Test
    void whatStandsNoMoreIsForgotten() {
        unsettled.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        assertThat(unsettled.due(d -> false, NOW)).isEmpty();
        assertThat(unsettled.isEmpty()).isTrue();
    }

    @Test
    void aClockThatIsSetBackHoldsUpNothing() {
        unsettled.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        assertThat(unsettled.due(d -> true, NOW.minus(Duration.ofHours(1)))).containsExactly(decision);
    }

    private static Decision decision() {
        var random = new Random(1);
        var job = RandomFarms.job("job", 1, random);
        var worker = RandomFarms.worker("worker", random);
        return new Decision(
                new BuildJob(), new Placement(job, worker, Mode.Native, 1, 1 << 30, NOW), BuildJobStatus.EMPTY);
    }
}
