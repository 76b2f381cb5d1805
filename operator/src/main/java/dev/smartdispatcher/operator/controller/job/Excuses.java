package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.controller.sync.PendingJobFactory;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.scheduler.admission.Admission;
import dev.smartdispatcher.operator.scheduler.filter.Matcher;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Which failed attempts do not count: those on a worker under suspicion, once for each job, if another worker could take it. */
final class Excuses {
    private static final Set<ReasonCategory> FAILURES =
            Set.of(ReasonCategory.Failure, ReasonCategory.FailedStart, ReasonCategory.WorkerLoss);

    private final ClusterView cluster;
    private final WorkerHealth health;
    private final WorkerAssessments assessments;
    private final Clock clock;

    Excuses(ClusterView cluster, WorkerHealth health, WorkerAssessments assessments, Clock clock) {
        this.cluster = cluster;
        this.health = health;
        this.assessments = assessments;
        this.clock = clock;
    }

    /** Whether the attempt, which has just ended, is excused. */
    boolean excuse(BuildJob job, Attempt ended) {
        boolean blames = health.blames(job, ended);
        return blames
                && FAILURES.contains(ended.outcome().category())
                && ended.outcome() != Reason.DrainDeadlinePassed
                && !job.isMarkedForDeletion()
                && job.getStatus().attempts().stream().noneMatch(Attempt::isExcused)
                && isPossibleElsewhere(job, ended.worker());
    }

    private boolean isPossibleElsewhere(BuildJob job, String worker) {
        var environment = cluster.environment(job.getSpec().environment());
        if (environment.isEmpty()) {
            return false;
        }
        try {
            var now = clock.instant();
            var pending = new PendingJobFactory(cluster.policy().defaults(), this::matching, now)
                    .of(job, job.getStatus(), environment.get().getSpec());
            var admission = new Admission(pending, now);
            return matching(pending.requirements()).stream()
                    .anyMatch(other -> !other.name().equals(worker)
                            && admission.refusal(other).isEmpty());
        } catch (IllegalArgumentException e) {
            // The job, or a default of the policy, asks for amounts that nobody has.
            return false;
        }
    }

    private List<Worker> matching(Requirements requirements) {
        var matcher = new Matcher(cluster.policy().modePenaltyPercent());
        return cluster.workers()
                .flatMap(worker -> assessments.of(worker).worker().stream())
                .filter(worker -> matcher.match(requirements, worker).mode().isPresent())
                .toList();
    }
}
