package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Obstacle;
import dev.smartdispatcher.api.job.status.PackagesStatus;
import dev.smartdispatcher.api.job.status.ResultsStatus;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.attempt.AttemptObserver;
import dev.smartdispatcher.operator.attempt.Observation;
import dev.smartdispatcher.operator.attempt.StopRequest;
import dev.smartdispatcher.operator.attempt.retry.RetryRule;
import dev.smartdispatcher.operator.controller.DispatcherMetrics;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.JobStatusWriter;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.status.JobStatuses;
import dev.smartdispatcher.operator.status.StatusFactory;
import dev.smartdispatcher.operator.workload.ResultsDirectory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what was observed of a live attempt into its job's status, and tells whoever listens. */
final class LiveAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(LiveAttempts.class);

    private final JobStatusWriter writer;
    private final JobStatuses statuses;
    private final EventRecorder events;
    private final DispatcherMetrics metrics;
    private final AttemptObserver observer;
    private final Excuses excuses;

    LiveAttempts(
            JobStatusWriter writer, EventRecorder events, DispatcherMetrics metrics, Excuses excuses, Clock clock) {
        this.excuses = excuses;
        this.writer = writer;
        this.statuses = new JobStatuses(new StatusFactory(clock));
        this.events = events;
        this.metrics = metrics;
        this.observer = new AttemptObserver(clock);
    }

    AttemptObserver observer() {
        return observer;
    }

    /**
     * Says of every condition that it holds for the job as it is now, if one was set for an older spec: {@code kubectl wait}
     * does not trust those. Whether there was anything to say.
     */
    boolean observed(BuildJob job, BuildJobStatus status) {
        var after = statuses.observed(status, generation(job));
        if (after.equals(status)) {
            return false;
        }
        writer.write(job, after);
        return true;
    }

    /**
     * Something keeps the container from starting: said once for each attempt and reason, however often its words change.
     * Whether it is written.
     */
    boolean hindered(BuildJob job, Attempt attempt, Obstacle obstacle) {
        if (attempt.obstacle() != null && attempt.obstacle().reason() == obstacle.reason()) {
            return true;
        }
        if (writer.write(job, statuses.hindered(job.getStatus(), obstacle, generation(job)))
                .isEmpty()) {
            return false;
        }
        events.warning(
                job,
                obstacle.reason(),
                "attempt " + attempt.number() + " on " + attempt.worker() + ": " + obstacle.message());
        return true;
    }

    /** The job has waited for its start for too long. */
    void startOverdue(BuildJob job) {
        var seconds = job.getSpec().startDeadlineSeconds();
        var message = "no attempt started within " + seconds + " s; the last one: "
                + job.getStatus().lastAttempt().map(Attempt::message).orElse("none");
        if (writer.write(job, statuses.startOverdue(job.getStatus(), message, generation(job)))
                .isPresent()) {
            events.warning(job, Reason.StartDeadlineExceeded, message);
        }
    }

    /** The job, which waits, is not to be built at all. */
    void cancelled(BuildJob job, BuildJobStatus status, String message) {
        if (writer.write(job, statuses.cancelled(status, message, generation(job)))
                .isPresent()) {
            events.normal(job, Reason.Cancelled, message);
        }
    }

    /** A pod that is there already is the job's next attempt. */
    void adopted(BuildJob job, BuildJobStatus status, Attempt attempt, Allocation allocation, PackagesStatus packages) {
        if (writer.write(job, statuses.allocated(status, attempt, allocation, packages, generation(job)))
                .isPresent()) {
            events.normal(
                    job,
                    Reason.Dispatched,
                    "attempt " + attempt.number() + " on " + attempt.worker() + ": its pod came late, and fits");
        }
    }

    /** The container runs: said once. */
    void started(BuildJob job, Attempt attempt, Instant start) {
        if (attempt.startTime() != null) {
            return;
        }
        var started = attempt.with()
                .startTime(start.truncatedTo(ChronoUnit.SECONDS))
                .obstacle(null)
                .build();
        // No Event: the condition Running says it, and the pod's own Events do.
        writer.write(job, statuses.started(job.getStatus(), started, generation(job)));
    }

    /** The attempt is over: the job is complete, failed, or, unless it is being deleted, waits for a further attempt. */
    void ended(BuildJob job, Attempt attempt, Observation.Ended observed) {
        var closed = excused(job, close(job, attempt, observed));
        var attempts = new ArrayList<>(job.getStatus().attempts());
        attempts.set(attempts.size() - 1, closed);
        var usage = observed.usage().orElse(null);
        BuildJobStatus after;
        if (observed.outcome() == Reason.Succeeded) {
            after = statuses.complete(job.getStatus(), closed, usage, results(job, closed), generation(job));
        } else if (!job.isMarkedForDeletion()
                && StopRequest.of(job.getSpec()).filter(StopRequest::isFinal).isEmpty()
                && RetryRule.again(job.getSpec().retryOrDefault(), attempts)) {
            after = statuses.retrying(job.getStatus(), closed, usage, generation(job));
        } else {
            after = statuses.failed(job.getStatus(), closed, usage, generation(job));
        }
        if (writer.write(job, after).isPresent()) {
            publish(job, closed, after);
        }
    }

    private Attempt excused(BuildJob job, Attempt closed) {
        return excuses.excuse(job, closed) ? closed.withExcused(true) : closed;
    }

    /** The pod was never created: the attempt is taken back, and the job waits for this reason. */
    void withdrawn(BuildJob job, Reason reason, String message) {
        if (writer.write(job, statuses.withdrawn(job.getStatus(), reason, message, generation(job)))
                .isPresent()) {
            events.warning(job, reason, message);
        }
    }

    /** The job can never run as it is. */
    void refused(BuildJob job, BuildJobStatus status, String message) {
        if (writer.write(job, statuses.refused(status, message, generation(job)))
                .isPresent()) {
            events.warning(job, Reason.InvalidSpec, message);
        }
    }

    private void publish(BuildJob job, Attempt closed, BuildJobStatus after) {
        metrics.attemptEnded(closed.outcome());
        var usage = after.usage();
        if (closed.outcome() == Reason.Succeeded
                && closed.memory() != null
                && usage != null
                && usage.memoryPeak() != null) {
            metrics.memoryUsed(Quantities.bytes(usage.memoryPeak()), Quantities.bytes(closed.memory()));
        }
        LOG.atInfo()
                .addKeyValue(
                        LogKeys.JOB,
                        job.getMetadata().getNamespace() + "/"
                                + job.getMetadata().getName())
                .addKeyValue(LogKeys.ATTEMPT, closed.number())
                .addKeyValue(LogKeys.WORKER, closed.worker())
                .addKeyValue(LogKeys.REASON, closed.outcome())
                .log("attempt ended");
        if (closed.outcome() == Reason.Succeeded) {
            events.normal(job, Reason.Succeeded, "attempt " + closed.number() + " succeeded");
        } else if (closed.endedBy(ReasonCategory.Stopped)) {
            events.normal(job, closed.outcome(), "attempt " + closed.number() + " was stopped: " + closed.message());
        } else if (after.finished()) {
            events.warning(job, closed.outcome(), closed.message());
        } else if (closed.isExcused()) {
            metrics.attemptExcused();
            events.warning(
                    job,
                    Reason.RetriedElsewhere,
                    "attempt " + closed.number() + " failed on " + closed.worker()
                            + ", which is under suspicion: it does not count; " + closed.message());
        } else {
            events.warning(job, Reason.Retrying, "attempt " + closed.number() + ": " + closed.message());
        }
    }

    private static Attempt close(BuildJob job, Attempt attempt, Observation.Ended observed) {
        var start = observed.start().map(s -> s.truncatedTo(ChronoUnit.SECONDS)).orElse(attempt.startTime());
        return attempt.with()
                .startTime(start)
                .endTime(observed.end().truncatedTo(ChronoUnit.SECONDS))
                .outcome(observed.outcome())
                .exitCode(observed.exitCode().orElse(null))
                .message(observed.message())
                .results(observed.output().inClaim() ? results(job, attempt) : null)
                .lastLines(observed.output().lastLines().orElse(null))
                .installed(observed.installed().orElse(null))
                .build();
    }

    private static ResultsStatus results(BuildJob job, Attempt attempt) {
        var results = job.getSpec().results();
        return results == null
                ? null
                : new ResultsStatus(
                        results.claimName(),
                        ResultsDirectory.of(job.getMetadata().getName(), attempt.number()));
    }

    private static long generation(BuildJob job) {
        return job.getMetadata().getGeneration();
    }
}
