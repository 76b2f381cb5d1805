package dev.smartdispatcher.operator.reconcile.feed;

import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.util.Optional;

/**
 * A job that waits, as the pass is told of it.
 *
 * @param pending what can be placed; empty if it cannot whatever the workers
 * @param obstacle why not
 * @param passes whether the obstacle passes with time
 */
record JobView(Optional<PendingJob> pending, Optional<Waiting> obstacle, boolean passes) {
    static JobView of(PendingJob job) {
        return new JobView(Optional.of(job), Optional.empty(), false);
    }

    static JobView of(Waiting obstacle) {
        return new JobView(Optional.empty(), Optional.of(obstacle), false);
    }

    static JobView passing(Waiting obstacle) {
        return new JobView(Optional.empty(), Optional.of(obstacle), true);
    }
}
