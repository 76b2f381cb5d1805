package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import java.util.Optional;

/**
 * A waiting job, as the scheduler knows it.
 *
 * @param pending what can be placed; empty if it cannot whatever the workers
 * @param obstacle why not
 * @param passes whether the obstacle passes with time
 */
record WaitingJob(Optional<PendingJob> pending, Optional<Waiting> obstacle, boolean passes) {
    static WaitingJob of(PendingJob job) {
        return new WaitingJob(Optional.of(job), Optional.empty(), false);
    }

    static WaitingJob of(Waiting obstacle) {
        return new WaitingJob(Optional.empty(), Optional.of(obstacle), false);
    }

    static WaitingJob passing(Waiting obstacle) {
        return new WaitingJob(Optional.empty(), Optional.of(obstacle), true);
    }
}
