package dev.smartdispatcher.operator.controller.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.controller.dispatch.AllocationWriter.Outcome;
import dev.smartdispatcher.operator.controller.dispatch.AllocationWriter.Sent;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.testing.RandomFarms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnconfirmedWritesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final UnconfirmedWrites unconfirmed = new UnconfirmedWrites();
    private final DecidedStatus decision = decision();

    @Test
    void whatIsNotSettledIsSentAgainAfterEverLongerPauses() {
        var sent = new ArrayList<Integer>();
        unconfirmed.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        for (int second = 0; second <= 32; second++) {
            var now = NOW.plusSeconds(second);
            var due = unconfirmed.due(d -> true, now);
            if (!due.isEmpty()) {
                sent.add(second);
                unconfirmed.sent(List.of(new Sent(decision, Outcome.Unknown)), now);
            }
        }
        assertThat(sent).containsExactly(1, 3, 7, 15, 23, 31);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"Written", "Refused"})
    void whatIsSettledIsNot(Outcome outcome) {
        unconfirmed.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        unconfirmed.sent(List.of(new Sent(decision, outcome)), NOW.plusSeconds(1));
        assertThat(unconfirmed.isEmpty()).isTrue();
    }

    /** Only answers count: what was not answered may be on its way. */
    @Test
    void whatFailsAgainAndAgainIsHopeless() {
        for (int i = 1; i < UnconfirmedWrites.MOST_FAILURES; i++) {
            unconfirmed.sent(List.of(new Sent(decision, Outcome.Failing, "no")), NOW);
        }
        unconfirmed.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        for (int i = 1; i < UnconfirmedWrites.MOST_FAILURES; i++) {
            unconfirmed.sent(List.of(new Sent(decision, Outcome.Failing, "no")), NOW);
            assertThat(unconfirmed.hopeless(NOW)).isEmpty();
        }
        unconfirmed.sent(List.of(new Sent(decision, Outcome.Failing, "no")), NOW);
        assertThat(unconfirmed.hopeless(NOW)).extracting(Sent::said).containsExactly("no");
        unconfirmed.forget(decision);
        assertThat(unconfirmed.isEmpty()).isTrue();
    }

    /** Whether one can be given up is asked of the API server, which may not answer that either. */
    @Test
    void whatIsHopelessIsToldNoMoreOftenThanItIsSent() {
        var published = new ArrayList<Integer>();
        unconfirmed.sent(List.of(new Sent(decision, Outcome.Failing, "no")), NOW);
        for (int second = 0; second <= 32; second++) {
            var now = NOW.plusSeconds(second);
            if (!unconfirmed.due(d -> true, now).isEmpty()) {
                unconfirmed.sent(List.of(new Sent(decision, Outcome.Failing, "no")), now);
            }
            if (!unconfirmed.hopeless(now).isEmpty()) {
                published.add(second);
            }
        }
        assertThat(published).containsExactly(15, 23, 31);
    }

    @Test
    void whatStandsNoMoreIsForgotten() {
        unconfirmed.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        assertThat(unconfirmed.due(d -> false, NOW)).isEmpty();
        assertThat(unconfirmed.isEmpty()).isTrue();
    }

    @Test
    void aClockThatIsSetBackHoldsUpNothing() {
        unconfirmed.sent(List.of(new Sent(decision, Outcome.Unknown)), NOW);
        assertThat(unconfirmed.due(d -> true, NOW.minus(Duration.ofHours(1)))).containsExactly(decision);
    }

    private static DecidedStatus decision() {
        var random = new Random(1);
        var job = RandomFarms.job("job", 1, random);
        var worker = RandomFarms.worker("worker", random);
        return new DecidedStatus(
                new BuildJob(), new Placement(job, worker, Mode.Native, 1, 1 << 30, 1, NOW), BuildJobStatus.EMPTY);
    }
}
