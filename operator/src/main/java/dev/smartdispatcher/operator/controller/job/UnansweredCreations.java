package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.client.ServerClock;
import dev.smartdispatcher.operator.workload.CreateBefore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Creations of pods that were neither done nor refused, as far as is known: each may still come, until the API server's clock has
 * passed the time that its pod carries ({@link CreateBefore}). An attempt that is to end without a pod waits for that. Safe for
 * use by several threads.
 */
final class UnansweredCreations {
    private final ServerClock server;
    /** By a job's UID, of its live attempt. */
    private final Map<String, Unanswered> byJob = new ConcurrentHashMap<>();

    private final AtomicBoolean begun = new AtomicBoolean();

    /**
     * What may still come.
     *
     * @param over when nothing can come any more, by the API server's clock
     * @param end what is to be done with the attempt then, if its pod has not come
     */
    private record Unanswered(int attempt, Instant over, Optional<BiConsumer<BuildJob, Attempt>> end) {}

    UnansweredCreations(ServerClock server) {
        this.server = server;
    }

    /** Whoever led before this process may have asked a moment ago for the pods of these, that are live already. */
    void inherit(Supplier<Stream<BuildJob>> jobs) {
        if (begun.compareAndSet(false, true)) {
            try {
                var createBefore = CreateBefore.of(server.now());
                jobs.get().filter(job -> job.getStatus() != null).forEach(job -> job.getStatus()
                        .liveAttempt()
                        .filter(attempt -> attempt.startTime() == null)
                        .ifPresent(attempt -> unanswered(job, attempt, createBefore)));
            } catch (RuntimeException e) {
                begun.set(false);
                throw e;
            }
        }
    }

    /** A creation of the attempt's pod was not answered. */
    void unanswered(BuildJob job, Attempt attempt, Instant createBefore) {
        var sent = new Unanswered(attempt.number(), CreateBefore.over(createBefore), Optional.empty());
        byJob.merge(
                job.getMetadata().getUid(),
                sent,
                (before, now) ->
                        before.attempt() == now.attempt() && before.over().isAfter(now.over()) ? before : now);
    }

    /** How long a pod of the attempt may still come; empty if none can. Asks the API server for its time. */
    Optional<Duration> left(BuildJob job, Attempt attempt) {
        return of(job, attempt)
                .map(unanswered -> Duration.between(server.ask(), unanswered.over()))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    /** What is to be done when no pod of the attempt can come any more: nothing else is asked for meanwhile. */
    void decide(BuildJob job, Attempt attempt, BiConsumer<BuildJob, Attempt> end) {
        of(job, attempt)
                .ifPresent(unanswered -> byJob.put(
                        job.getMetadata().getUid(),
                        new Unanswered(attempt.number(), unanswered.over(), Optional.of(end))));
    }

    Optional<BiConsumer<BuildJob, Attempt>> decided(BuildJob job, Attempt attempt) {
        return of(job, attempt).flatMap(Unanswered::end);
    }

    private Optional<Unanswered> of(BuildJob job, Attempt attempt) {
        return Optional.ofNullable(byJob.get(job.getMetadata().getUid()))
                .filter(unanswered -> unanswered.attempt() == attempt.number());
    }

    /** None of the job's can come any more, or it does not matter. */
    void forget(BuildJob job) {
        byJob.remove(job.getMetadata().getUid());
    }
}
