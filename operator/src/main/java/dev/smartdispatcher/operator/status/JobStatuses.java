package dev.smartdispatcher.operator.status;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.BuildJobStatusBuilder;
import dev.smartdispatcher.api.job.status.Obstacle;
import dev.smartdispatcher.api.job.status.PackagesStatus;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.api.job.status.ResultsStatus;
import dev.smartdispatcher.api.job.status.Usage;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.attempt.start.StartHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A job's life as changes of its status: waiting, allocated, started, then complete, failed or waiting again. Each change
 * is a pure function of the status before it, and leaves what it is not about as it was.
 */
public final class JobStatuses {
    private static final Set<String> OWN =
            Set.of(BuildJobStatus.DISPATCHED, BuildJobStatus.RUNNING, BuildJobStatus.COMPLETE, BuildJobStatus.FAILED);

    private final StatusFactory factory;

    public JobStatuses(StatusFactory factory) {
        this.factory = factory;
    }

    /** The job waits, for this reason. */
    public BuildJobStatus waiting(BuildJobStatus status, Waiting waiting) {
        return status.with().phase(Phase.Pending).waiting(waiting).build();
    }

    /** The operator's conditions hold for this generation of the job too: what may change of a job changes none. */
    public BuildJobStatus observed(BuildJobStatus status, long generation) {
        return status.withConditions(status.conditions().stream()
                .map(c -> OWN.contains(c.type()) ? c.withObservedGeneration(generation) : c)
                .toList());
    }

    /** A new attempt is given to a worker, with this plan. */
    public BuildJobStatus allocated(
            BuildJobStatus status, Attempt attempt, Allocation allocation, PackagesStatus packages, long generation) {
        var attempts = new ArrayList<>(new StartHistory(status.attempts()).forOneMore());
        attempts.add(attempt);
        var message = "attempt " + attempt.number() + " is assigned to " + allocation.worker();
        return status.with()
                .phase(Phase.Dispatched)
                .conditions(set(
                        status.conditions(), BuildJobStatus.DISPATCHED, true, Reason.Dispatched, message, generation))
                .allocation(allocation)
                .packages(packages)
                .attempts(attempts)
                .waiting(null)
                .build();
    }

    /** Something keeps the live attempt's container from starting. */
    public BuildJobStatus hindered(BuildJobStatus status, Obstacle obstacle, long generation) {
        return status.with()
                .conditions(set(
                        status.conditions(),
                        BuildJobStatus.RUNNING,
                        false,
                        obstacle.reason(),
                        obstacle.message(),
                        generation))
                .attempts(replaceLast(
                        status.attempts(), status.lastAttempt().orElseThrow().withObstacle(obstacle)))
                .build();
    }

    /** The live attempt's container was seen running. */
    public BuildJobStatus started(BuildJobStatus status, Attempt started, long generation) {
        var message = "attempt " + started.number() + " runs on " + started.worker();
        return status.with()
                .phase(Phase.Running)
                .conditions(set(status.conditions(), BuildJobStatus.RUNNING, true, Reason.Started, message, generation))
                .attempts(replaceLast(status.attempts(), started))
                .waiting(null)
                .build();
    }

    /** The live attempt ended well, and the job with it. */
    public BuildJobStatus complete(
            BuildJobStatus status, Attempt ended, Usage usage, ResultsStatus results, long generation) {
        var message = "attempt " + ended.number() + " succeeded";
        return ended(status, ended, usage)
                .phase(Phase.Complete)
                .conditions(finished(status, BuildJobStatus.COMPLETE, Reason.Succeeded, message, generation))
                .results(results)
                .build();
    }

    /** The live attempt ended badly, and there is no further one. */
    public BuildJobStatus failed(BuildJobStatus status, Attempt ended, Usage usage, long generation) {
        return ended(status, ended, usage)
                .phase(Phase.Failed)
                .conditions(finished(status, BuildJobStatus.FAILED, ended.outcome(), ended.message(), generation))
                .build();
    }

    /** The live attempt ended badly; the job goes back into the queue. */
    public BuildJobStatus retrying(BuildJobStatus status, Attempt ended, Usage usage, long generation) {
        var message = "attempt " + ended.number() + ": " + ended.message() + "; another attempt follows";
        var undispatched =
                set(status.conditions(), BuildJobStatus.DISPATCHED, false, Reason.Retrying, message, generation);
        return ended(status, ended, usage)
                .phase(Phase.Pending)
                .conditions(notRunning(undispatched, ended.outcome(), message, generation))
                .allocation(null)
                .waiting(Waiting.of(ended.usedNoBudget() ? ended.outcome() : Reason.Retrying, message))
                .build();
    }

    /** The live attempt's pod was never created, for this reason: the attempt is taken back. */
    public BuildJobStatus withdrawn(BuildJobStatus status, Reason reason, String message, long generation) {
        return status.with()
                .phase(Phase.Pending)
                .conditions(set(status.conditions(), BuildJobStatus.DISPATCHED, false, reason, message, generation))
                .allocation(null)
                .packages(null)
                .attempts(status.attempts().subList(0, status.attempts().size() - 1))
                .waiting(Waiting.of(reason, message))
                .build();
    }

    /** No attempt has started in time, and there is no further one. */
    public BuildJobStatus startOverdue(BuildJobStatus status, String message, long generation) {
        return status.with()
                .phase(Phase.Failed)
                .conditions(finished(status, BuildJobStatus.FAILED, Reason.StartDeadlineExceeded, message, generation))
                .waiting(null)
                .build();
    }

    /** The job waits no more, since nobody wants it built. */
    public BuildJobStatus cancelled(BuildJobStatus status, String message, long generation) {
        return status.with()
                .phase(Phase.Failed)
                .conditions(finished(status, BuildJobStatus.FAILED, Reason.Cancelled, message, generation))
                .waiting(null)
                .build();
    }

    /** The job can never run as it is. */
    public BuildJobStatus refused(BuildJobStatus status, String message, long generation) {
        return status.with()
                .phase(Phase.Failed)
                .conditions(
                        set(status.conditions(), BuildJobStatus.FAILED, true, Reason.InvalidSpec, message, generation))
                .waiting(null)
                .build();
    }

    /** The live attempt is over. What an earlier one used stays, unless this one's is known. */
    private static BuildJobStatusBuilder ended(BuildJobStatus status, Attempt ended, Usage usage) {
        return status.with()
                .attempts(replaceLast(status.attempts(), ended))
                .usage(usage == null ? status.usage() : usage)
                .waiting(null);
    }

    private List<Condition> finished(
            BuildJobStatus status, String type, Reason reason, String message, long generation) {
        return notRunning(
                set(status.conditions(), type, true, reason, message, generation), reason, message, generation);
    }

    /** A Running condition that is there becomes False; one that never was is not made up. */
    private List<Condition> notRunning(List<Condition> conditions, Reason reason, String message, long generation) {
        return conditions.stream().noneMatch(c -> c.type().equals(BuildJobStatus.RUNNING))
                ? conditions
                : set(conditions, BuildJobStatus.RUNNING, false, reason, message, generation);
    }

    private List<Condition> set(
            List<Condition> conditions, String type, boolean holds, Reason reason, String message, long generation) {
        return factory.with(conditions, type, holds, reason, message, generation);
    }

    private static List<Attempt> replaceLast(List<Attempt> attempts, Attempt attempt) {
        var updated = new ArrayList<>(attempts);
        updated.set(updated.size() - 1, attempt);
        return updated;
    }
}
