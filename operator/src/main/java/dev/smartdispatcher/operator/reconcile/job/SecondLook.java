package dev.smartdispatcher.operator.reconcile.job;

import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.availability.Standing;
import dev.smartdispatcher.operator.availability.Workers;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.feed.ObservedClaims;
import dev.smartdispatcher.operator.reconcile.standing.Standings;
import java.util.Optional;

/**
 * Whether the room that a recorded allocation takes was there to give, and still is: asked once more when the record is seen
 * and before anything is done about it.
 *
 * <p>A pass cannot know of an allocation that is written while it runs by a leader that was deposed but whose request was on
 * its way, or that was written just before this one took over and that no watch has shown yet. Each of the two is on another
 * job, so no version guards them against each other. But all jobs come by one watch, in the order in which they were
 * written: of two allocations that are too much together, the later one is never seen without the earlier.
 */
final class SecondLook {
    private final Caches caches;
    private final Standings standings;

    SecondLook(Caches caches, Standings standings) {
        this.caches = caches;
        this.standings = standings;
    }

    /** Whether there is no such worker, or no such Node: either may have been deleted while the allocation was written. */
    boolean isUnknown(Attempt attempt) {
        return caches.worker(attempt.worker()).isEmpty()
                || caches.node(attempt.worker()).isEmpty();
    }

    /**
     * Whether the attempt's worker is being emptied. An allocation may come to be written after the worker was found to be
     * empty, on which an administrator relies. One that is seen before the drain is counted when that is found out.
     */
    boolean isDraining(Attempt attempt) {
        return standings.of(attempt.worker()).filter(Standing::draining).isPresent();
    }

    /** Whether the attempt's worker is given out beyond its budget, where that is known. */
    boolean isOverbooked(Attempt attempt) {
        return caches.worker(attempt.worker())
                .flatMap(worker -> Workers.budget(
                        worker.getSpec(),
                        Optional.ofNullable(worker.getStatus()).map(s -> s.agent()),
                        caches.node(attempt.worker())))
                .filter(budget -> !budget.fits(ObservedClaims.on(attempt.worker(), caches).stream()
                        .map(Claim::room)
                        .reduce(Room.NONE, Room::plus)))
                .isPresent();
    }
}
