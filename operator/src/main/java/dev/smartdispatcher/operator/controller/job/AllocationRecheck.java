package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.cache.ObservedClaims;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import java.util.Optional;

/**
 * Whether the room that a recorded allocation takes was there to give, and still is, and whether its plan still holds: asked
 * once more when the record is seen and before anything is done about it.
 *
 * <p>A scheduling cycle cannot know of an allocation that is written while it runs by a leader that was deposed but whose request was on
 * its way, or that was written just before this one took over and that no watch has shown yet. Each of the two is on another
 * job, so no version guards them against each other. But all jobs come by one watch, in the order in which they were
 * written: of two allocations that are too much together, the later one is never seen without the earlier.
 */
final class AllocationRecheck {
    private final ClusterView cluster;
    private final WorkerAssessments assessments;

    AllocationRecheck(ClusterView cluster, WorkerAssessments assessments) {
        this.cluster = cluster;
        this.assessments = assessments;
    }

    /** Whether there is no such worker, or no such Node: either may have been deleted while the allocation was written. */
    boolean isUnknown(Attempt attempt) {
        return cluster.worker(attempt.worker()).isEmpty()
                || cluster.node(attempt.worker()).isEmpty();
    }

    /**
     * Whether the attempt's worker is being emptied. An allocation may come to be written after the worker was found to be
     * empty, on which an administrator relies. One that is seen before the drain is counted when that is found out.
     */
    boolean isDraining(Attempt attempt) {
        return assessments
                .of(attempt.worker())
                .filter(assessment -> assessment.schedulability().draining())
                .isPresent();
    }

    /**
     * Whether the attempt was recorded with another plan than the one from which its pod would be made: its environment has changed
     * since. An attempt that an earlier version recorded has no plan to compare with.
     */
    boolean isOutdated(BuildJobStatus status, PackagePlan plan) {
        return status.recordedPlan()
                .filter(recorded -> !recorded.equals(plan.planDigest()))
                .isPresent();
    }

    /**
     * What the attempt's worker is offered as now, if its allocation was made for another architecture: an administrator has set the
     * worker's spec.hostArch since, or the node was made anew as another machine.
     */
    Optional<Architecture> isNowOf(Attempt attempt, Allocation allocation) {
        return assessments
                .of(attempt.worker())
                .flatMap(WorkerAssessment::worker)
                .map(Worker::hostArch)
                .filter(offered -> !Architecture.of(allocation.hostArch()).equals(Optional.of(offered)));
    }

    /** Whether the attempt's worker is given out beyond its budget, where that is known. */
    boolean isOverbooked(Attempt attempt) {
        return assessments
                .of(attempt.worker())
                .flatMap(WorkerAssessment::budget)
                .filter(budget -> !budget.fits(ObservedClaims.together(ObservedClaims.on(attempt.worker(), cluster))))
                .isPresent();
    }
}
