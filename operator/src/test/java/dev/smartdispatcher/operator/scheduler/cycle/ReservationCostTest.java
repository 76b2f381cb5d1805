package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.GI;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.lasting;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.of;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.queued;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.Usage;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What it costs the farm, and whom it is for, that room is reserved. */
class ReservationCostTest {
    private static final int CORES = 16;

    private final Scheduler scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW);

    /** So many workers of 16 cores, on each of which one core builds for an unknown time. */
    private ReservationCostTest farm(int workers) {
        for (int i = 0; i < workers; i++) {
            scheduler.put(worker("w" + i, Architecture.x86_64, CORES, 64));
            running("w" + i, 1);
        }
        return this;
    }

    private void running(String worker, int cores) {
        scheduler.put(new Claim(running(worker), "busy", worker, new Room(cores * 1000L, GI, GI, 1), Optional.empty()));
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

    private List<Placement> cycle(Instant time) {
        return scheduler.runCycle(time).placements();
    }

    private static Instant after(Duration time) {
        return NOW.plus(time);
    }

    @Test
    void fourJobsOfAStrangerHoldNoMoreThanOneOfFourWorkers() {
        farm(4);
        scheduler.restore(Map.of("busy", new Usage(1e9, NOW)));
        for (int i = 0; i < 4; i++) {
            scheduler.put(whole(i));
        }
        for (int i = 0; i < 100; i++) {
            scheduler.put(small(i));
        }
        int started = cycle(NOW).size();
        assertThat(started).isEqualTo(3 * (CORES - 1));
        int idleMinutes = 0;
        for (int minute = 1; minute <= Duration.ofDays(1).toMinutes(); minute++) {
            started += cycle(after(Duration.ofMinutes(minute))).size();
            assertThat(scheduler.reserved().size()).isLessThanOrEqualTo(1);
            idleMinutes += 4 * (CORES - 1) - started;
        }
        assertThat(idleMinutes).isLessThan((CORES - 1) * (int) ReservationTerm.FIRST.toMinutes());
    }

    @Test
    void oneWorkerMayBeKeptHoweverSmallTheFarmIs() {
        farm(1);
        scheduler.put(whole(0));
        cycle(NOW);
        assertThat(scheduler.reserved()).hasSize(1);
    }

    @Test
    void thePolicyTellsHowManyMayBe() {
        farm(4);
        scheduler.share(new Shares(Duration.ofHours(4), Map.of(), 75));
        for (int i = 0; i < 4; i++) {
            scheduler.put(whole(i));
        }
        cycle(NOW);
        assertThat(scheduler.reserved()).hasSize(3);
        scheduler.share(new Shares(Duration.ofHours(4), Map.of(), 50));
        cycle(NOW);
        assertThat(scheduler.reserved()).hasSize(2);
    }

    @Test
    void whatIsKeptIsChargedAsIfItRan() {
        farm(1);
        scheduler.put(whole(0));
        cycle(NOW);
        scheduler.advance(after(Duration.ofMinutes(10)));
        assertThat(scheduler.usage().get("stranger").cpuSeconds()).isCloseTo(CORES * 600, within(CORES * 600 * 0.05));
        scheduler.removeJob(whole(0).key().uid());
        cycle(after(Duration.ofMinutes(10)));
        double used = scheduler.usage().get("stranger").cpuSeconds();
        scheduler.advance(after(Duration.ofMinutes(20)));
        assertThat(scheduler.usage().get("stranger").cpuSeconds()).isLessThan(used);
    }

    @Test
    void whoHasRoomKeptIsNoPoorerThanWhoRunsAsMuch() {
        scheduler.put(worker("w", Architecture.x86_64, 2, 64));
        scheduler.put(worker("v", Architecture.x86_64, 4, 64));
        running("w", 2);
        running("v", 4);
        scheduler.put(of("stranger", sized(job("pair"), 2, 2)));
        cycle(NOW);
        assertThat(scheduler.reserved()).hasSize(1);
        scheduler.put(of("stranger", sized(job("one-more"), 1, 1)));
        scheduler.put(of("other", sized(job("first"), 1, 1)));
        var elsewhere = scheduler.reserved().containsValue("w") ? "v" : "w";
        scheduler.release(running(elsewhere), elsewhere);
        running(elsewhere, scheduler.reserved().containsValue("w") ? 3 : 1);
        assertThat(cycle(NOW).get(0).job().tenant()).isEqualTo("other");
    }

    @Test
    void roomBehindWhatNeverEndsIsGivenBackAndAfterARestKeptForTwiceAsLong() {
        farm(1);
        scheduler.put(whole(0));
        scheduler.put(small(0));
        assertThat(cycle(NOW)).isEmpty();
        var first = ReservationTerm.FIRST;
        assertThat(cycle(after(first.minusSeconds(1)))).isEmpty();
        assertThat(cycle(after(first))).extracting(p -> p.job().key().name()).containsExactly("small0");
        assertThat(scheduler.reserved()).isEmpty();
        cycle(after(first.multipliedBy(2).minusSeconds(1)));
        assertThat(scheduler.reserved()).isEmpty();
        cycle(after(first.multipliedBy(2)));
        assertThat(scheduler.reserved()).hasSize(1);
        scheduler.put(small(1));
        assertThat(cycle(after(first.multipliedBy(4).minusSeconds(1)))).isEmpty();
        assertThat(cycle(after(first.multipliedBy(4)))).hasSize(1);
    }

    @Test
    void anEstimateThatIsKeptIsWaitedForHoweverFarItIs() {
        scheduler.put(worker("w", Architecture.x86_64, CORES, 64));
        scheduler.put(lasting(sized(job("day"), 1, 1), Duration.ofDays(1)));
        cycle(NOW);
        scheduler.put(whole(0));
        scheduler.put(small(0));
        for (int hours = 0; hours < 24; hours++) {
            assertThat(cycle(after(Duration.ofHours(hours)))).isEmpty();
        }
        assertThat(scheduler.reserved()).hasSize(1);
    }

    @Test
    void anEstimateThatMovesOnAndOnGivesTheRoomBack() {
        scheduler.put(worker("w", Architecture.x86_64, CORES, 64));
        scheduler.put(lasting(sized(job("overdue"), 1, 1), Duration.ofHours(1)));
        cycle(NOW);
        scheduler.put(whole(0));
        scheduler.put(small(0));
        cycle(NOW);
        var promise = Duration.ofHours(1);
        assertThat(cycle(after(promise.plus(ReservationTerm.FIRST).minusSeconds(1))))
                .isEmpty();
        assertThat(cycle(after(promise.plus(ReservationTerm.FIRST)))).hasSize(1);
    }

    @Test
    void whatGivesWayInTimeDelaysNobodyBeyondTheTimeForWhichTheRoomIsKept() {
        farm(1);
        scheduler.put(whole(0));
        cycle(NOW);
        for (int i = 0; i < 20; i++) {
            scheduler.put(lasting(small(i), Duration.ofMinutes(20)));
        }
        assertThat(cycle(after(Duration.ofMinutes(5)))).hasSize(CORES - 1);
        scheduler.release(running("w0"), "w0");
        // Now it is known when they end, and nobody else passes.
        scheduler.put(lasting(small(21), Duration.ofMinutes(20)));
        assertThat(cycle(after(Duration.ofMinutes(6)))).isEmpty();
        assertThat(scheduler.reservations()).singleElement().satisfies(r -> assertThat(r.start())
                .contains(after(Duration.ofMinutes(25))));
    }
}
