package dev.smartdispatcher.operator.reconcile.feed;

import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.util.Optional;

/**
 * A job that waits, as the pass is told of it.
 *
 * @param pending what can be placed; empty if it cannot whatever the workers
 * @param obstacle why not
 */
record JobView(Optional<PendingJob> pending, Optional<Waiting> obstacle) {
    static JobView of(PendingJob job) {
        return new JobView(Optional.of(job), Optional.empty());
    }

    static JobView of(Waiting obstacle) {
        return new JobView(Optional.empty(), Optional.of(obstacle));
    }
}
