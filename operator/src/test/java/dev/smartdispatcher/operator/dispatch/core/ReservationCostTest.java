package dev.smartdispatcher.operator.dispatch.core;

import static dev.smartdispatcher.operator.dispatch.pass.Farm.GI;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.NOW;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.job;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.lasting;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.of;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.queued;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.sized;
import static dev.smartdispatcher.operator.dispatch.pass.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.pass.ReservationTerm;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.share.Shares;
import dev.smartdispatcher.operator.dispatch.share.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What it costs the farm, and whom it is for, that room is kept. */
class ReservationCostTest {
    private static final int CORES = 16;

    private final Dispatcher dispatcher = new Dispatcher(ModePenalty.STANDARD, Shares.STANDARD, NOW);

    /** So many workers of 16 cores, on each of which one core builds for an unknown time. */
    private ReservationCostTest farm(int workers) {
        for (int i = 0; i < workers; i++) {
            dispatcher.put(worker("w" + i, Architecture.x86_64, CORES, 64));
            running("w" + i, 1);
        }
        return this;
    }

    private void running(String worker, int cores) {
        dispatcher.put(
                new Claim(running(worker), "busy", worker, new Room(cores * 1000L, GI, GI, 1), Optional.empty()));
    }

    private static Claim.AttemptId running(String worker) {
        return new Claim.AttemptId("long-on-" + worker, 1);
    }

    /** Needs a whole worker, and is of a kind of its own, so that room could be kept for each of them. */
    private static PendingJob whole(int i) {
        var j = of("stranger", sized(job("whole" + i), CORES, CORES));
        return j.withRequirements(j.requirements().withInodes(i));
    }

    private static PendingJob small(int i) {
        return of("busy", queued(sized(job("small" + i), 1, 1), 1000, NOW));
    }

    private List<Placement> pass(Instant time) {
        return dispatcher.pass(time).placements();
    }

    private static Instant after(Duration time) {
        return NOW.plus(time);
    }

    @Test
    void fourJobsOfAStrangerHoldNoMoreThanOneOfFourWorkers() {
        farm(4);
        dispatcher.restore(Map.of("busy", new Usage(1e9, NOW)));
        for (int i = 0; i < 4; i++) {
            dispatcher.put(whole(i));
        }
        for (int i = 0; i < 100; i++) {
            dispatcher.put(small(i));
        }
        int started = pass(NOW).size();
        assertThat(started).isEqualTo(3 * (CORES - 1));
        int idleMinutes = 0;
        for (int minute = 1; minute <= Duration.ofDays(1).toMinutes(); minute++) {
            started += pass(after(Duration.ofMinutes(minute))).size();
            assertThat(dispatcher.reserved().size()).isLessThanOrEqualTo(1);
            idleMinutes += 4 * (CORES - 1) - started;
        }
        assertThat(idleMinutes).isLessThan((CORES - 1) * (int) ReservationTerm.FIRST.toMinutes());
    }

    @Test
    void oneWorkerMayBeKeptHoweverSmallTheFarmIs() {
        farm(1);
        dispatcher.put(whole(0));
        pass(NOW);
        assertThat(dispatcher.reserved()).hasSize(1);
    }

    @Test
    void thePolicyTellsHowManyMayBe() {
        farm(4);
        dispatcher.share(new Shares(Duration.ofHours(4), Map.of(), 75));
        for (int i = 0; i < 4; i++) {
            dispatcher.put(whole(i));
        }
        pass(NOW);
        assertThat(dispatcher.reserved()).hasSize(3);
        dispatcher.share(new Shares(Duration.ofHours(4), Map.of(), 50));
        pass(NOW);
        assertThat(dispatcher.reserved()).hasSize(2);
    }

    @Test
    void whatIsKeptIsChargedAsIfItRan() {
        farm(1);
        dispatcher.put(whole(0));
        pass(NOW);
        dispatcher.advance(after(Duration.ofMinutes(10)));
        assertThat(dispatcher.usage().get("stranger").cpuSeconds()).isCloseTo(CORES * 600, within(CORES * 600 * 0.05));
        dispatcher.removeJob(whole(0).key().uid());
        pass(after(Duration.ofMinutes(10)));
        double used = dispatcher.usage().get("stranger").cpuSeconds();
        dispatcher.advance(after(Duration.ofMinutes(20)));
        assertThat(dispatcher.usage().get("stranger").cpuSeconds()).isLessThan(used);
    }

    @Test
    void whoHasRoomKeptIsNoPoorerThanWhoRunsAsMuch() {
        dispatcher.put(worker("w", Architecture.x86_64, 2, 64));
        dispatcher.put(worker("v", Architecture.x86_64, 4, 64));
        running("w", 2);
        running("v", 4);
        dispatcher.put(of("stranger", sized(job("pair"), 2, 2)));
        pass(NOW);
        assertThat(dispatcher.reserved()).hasSize(1);
        dispatcher.put(of("stranger", sized(job("one-more"), 1, 1)));
        dispatcher.put(of("other", sized(job("first"), 1, 1)));
        var elsewhere = dispatcher.reserved().containsValue("w") ? "v" : "w";
        dispatcher.release(running(elsewhere), elsewhere);
        running(elsewhere, dispatcher.reserved().containsValue("w") ? 3 : 1);
        assertThat(pass(NOW).get(0).job().tenant()).isEqualTo("other");
    }

    @Test
    void roomBehindWhatNeverEndsIsGivenBackAndAfterARestKeptForTwiceAsLong() {
        farm(1);
        dispatcher.put(whole(0));
        dispatcher.put(small(0));
        assertThat(pass(NOW)).isEmpty();
        var first = ReservationTerm.FIRST;
        assertThat(pass(after(first.minusSeconds(1)))).isEmpty();
        assertThat(pass(after(first))).extracting(p -> p.job().key().name()).containsExactly("small0");
        assertThat(dispatcher.reserved()).isEmpty();
        pass(after(first.multipliedBy(2).minusSeconds(1)));
        assertThat(dispatcher.reserved()).isEmpty();
        pass(after(first.multipliedBy(2)));
        assertThat(dispatcher.reserved()).hasSize(1);
        dispatcher.put(small(1));
        assertThat(pass(after(first.multipliedBy(4).minusSeconds(1)))).isEmpty();
        assertThat(pass(after(first.multipliedBy(4)))).hasSize(1);
    }

    @Test
    void anEstimateThatIsKeptIsWaitedForHoweverFarItIs() {
        dispatcher.put(worker("w", Architecture.x86_64, CORES, 64));
        dispatcher.put(lasting(sized(job("day"), 1, 1), Duration.ofDays(1)));
        pass(NOW);
        dispatcher.put(whole(0));
        dispatcher.put(small(0));
        for (int hours = 0; hours < 24; hours++) {
            assertThat(pass(after(Duration.ofHours(hours)))).isEmpty();
        }
        assertThat(dispatcher.reserved()).hasSize(1);
    }

    @Test
    void anEstimateThatMovesOnAndOnGivesTheRoomBack() {
        dispatcher.put(worker("w", Architecture.x86_64, CORES, 64));
        dispatcher.put(lasting(sized(job("overdue"), 1, 1), Duration.ofHours(1)));
        pass(NOW);
        dispatcher.put(whole(0));
        dispatcher.put(small(0));
        pass(NOW);
        var promise = Duration.ofHours(1);
        assertThat(pass(after(promise.plus(ReservationTerm.FIRST).minusSeconds(1))))
                .isEmpty();
        assertThat(pass(after(promise.plus(ReservationTerm.FIRST)))).hasSize(1);
    }

    @Test
    void whatGivesWayInTimeDelaysNobodyBeyondTheTimeForWhichTheRoomIsKept() {
        farm(1);
        dispatcher.put(whole(0));
        pass(NOW);
        for (int i = 0; i < 20; i++) {
            dispatcher.put(lasting(small(i), Duration.ofMinutes(20)));
        }
        assertThat(pass(after(Duration.ofMinutes(5)))).hasSize(CORES - 1);
        dispatcher.release(running("w0"), "w0");
        // Now it is known when they end, and nobody else passes.
        dispatcher.put(lasting(small(21), Duration.ofMinutes(20)));
        assertThat(pass(after(Duration.ofMinutes(6)))).isEmpty();
        assertThat(dispatcher.reservations()).singleElement().satisfies(r -> assertThat(r.start())
                .contains(after(Duration.ofMinutes(25))));
    }
}
