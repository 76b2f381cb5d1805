package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.controller.ElapsedTime;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.JobStatusWriter;
import dev.smartdispatcher.operator.controller.refusal.PublishPauses;
import dev.smartdispatcher.operator.scheduler.explain.Estimate;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.status.JobStatuses;
import dev.smartdispatcher.operator.status.StatusFactory;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Writes into a job's status why the job waits: a new reason at once, new words for it or another estimate at most each half minute, and a
 * new place in the queue alone not at all, so waiting costs the API server next to nothing. Safe for use by several threads.
 */
final class WaitReasonWriter {
    private static final Duration REWORD_AFTER = Duration.ofSeconds(30);

    private final JobStatusWriter writer;
    private final EventRecorder events;
    private final Clock clock;
    private final JobStatuses statuses;
    private final Map<String, Instant> lastWritten = new ConcurrentHashMap<>();
    private final PublishPauses pauses = new PublishPauses();

    WaitReasonWriter(JobStatusWriter writer, EventRecorder events, Clock clock) {
        this.writer = writer;
        this.events = events;
        this.clock = clock;
        statuses = new JobStatuses(new StatusFactory(clock));
    }

    static Waiting waiting(Wait wait) {
        var explanation = wait.explanation();
        return new Waiting(
                explanation.reason(),
                explanation.message(),
                wait.position(),
                explanation.reservedWorker().orElse(null),
                explanation
                        .estimatedStart()
                        .map(t -> t.truncatedTo(ChronoUnit.SECONDS))
                        .orElse(null));
    }

    /** Whether there is nothing to write, or it may be written now: new words for the same reason wait a little. */
    boolean isDue(BuildJob job, Waiting waiting) {
        var before = status(job).waiting();
        return saysTheSame(before, waiting) || isDueNow(job, before, waiting);
    }

    /** Whether there is something to write, and it may be written now. */
    boolean isNews(BuildJob job, Waiting waiting) {
        var before = status(job).waiting();
        return !saysTheSame(before, waiting) && isDueNow(job, before, waiting);
    }

    /** Writes the reason if it is worth a write; returns whether it is written, or need not be. */
    boolean publish(BuildJob job, Waiting waiting) {
        var status = status(job);
        var uid = job.getMetadata().getUid();
        if (saysTheSame(status.waiting(), waiting)) {
            return true;
        }
        if (!isDueNow(job, status.waiting(), waiting)) {
            return false;
        }
        var written = write(job, statuses.waiting(status, waiting));
        if (written) {
            lastWritten.put(uid, clock.instant());
            var before = Optional.ofNullable(status.waiting()).map(Waiting::reason);
            if (before.filter(r -> r == waiting.reason()).isEmpty()
                    && !waiting.reason().isOrdinary()) {
                events.warning(job, waiting.reason(), waiting.message());
            }
        }
        return written;
    }

    private boolean write(BuildJob job, BuildJobStatus status) {
        var meta = job.getMetadata();
        try {
            boolean written = writer.write(job, status).isPresent();
            if (written) {
                pauses.published(meta.getUid());
            } else {
                pauses.overtaken(meta.getUid(), meta.getResourceVersion(), clock.instant());
            }
            return written;
        } catch (KubernetesClientException e) {
            pauses.refused(meta.getUid(), clock.instant());
            throw e;
        }
    }

    private static BuildJobStatus status(BuildJob job) {
        return Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
    }

    private boolean saysTheSame(Waiting before, Waiting after) {
        return after.saysTheSameAs(before)
                && Estimate.isAbout(
                        Optional.ofNullable(before.estimatedStart()),
                        Optional.ofNullable(after.estimatedStart()),
                        clock.instant());
    }

    /** Forgets what is known of jobs that wait no longer. */
    void keepOnly(Predicate<String> waits) {
        lastWritten.keySet().removeIf(waits.negate());
        pauses.keepOnly(waits);
    }

    private boolean isDueNow(BuildJob job, Waiting before, Waiting after) {
        var uid = job.getMetadata().getUid();
        if (pauses.holds(uid, job.getMetadata().getResourceVersion(), clock.instant())) {
            return false;
        }
        if (before == null
                || before.reason() != after.reason()
                || !Objects.equals(before.reservedWorker(), after.reservedWorker())) {
            return true;
        }
        var last = lastWritten.get(uid);
        return last == null || !ElapsedTime.isLess(last, REWORD_AFTER, clock.instant());
    }
}
