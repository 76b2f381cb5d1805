package dev.smartdispatcher.cli.cluster;

import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Waits for what becomes of one job. It outlasts an API server that is away, and says so. */
public final class JobWatch {
    /** A watch that has died without a word is noticed after so long. */
    private static final Duration ROUND = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Jobs jobs;
    private final BuildJob job;
    private final Optional<Instant> deadline;
    private final Clock clock;
    private final Consumer<String> notes;
    private Instant awaySince;

    /**
     * A watch of this very job: one that is made anew under its name is another.
     *
     * @param deadline until when it waits at most
     * @param notes is told what the user should know meanwhile
     */
    public JobWatch(Cluster cluster, BuildJob job, Optional<Instant> deadline, Clock clock, Consumer<String> notes) {
        jobs = new Jobs(cluster.in(job.getMetadata().getNamespace()));
        this.job = job;
        this.deadline = deadline;
        this.clock = clock;
        this.notes = notes;
    }

    /** The job's. */
    public String name() {
        return job.getMetadata().getName();
    }

    /**
     * Waits for the condition.
     *
     * @return the job as it was then; empty if it was deleted
     * @throws DeadlineException if the deadline passes before
     */
    public Optional<BuildJob> until(Predicate<BuildJob> condition) {
        while (true) {
            try {
                var seen = jobs.resource(name())
                        .waitUntilCondition(
                                now -> !isTheSame(now) || condition.test(now),
                                round().toMillis(),
                                TimeUnit.MILLISECONDS);
                answered();
                return Optional.ofNullable(seen).filter(this::isTheSame);
            } catch (KubernetesClientTimeoutException e) {
                checkDeadline();
            } catch (KubernetesClientException e) {
                retry(Refusal.of(e));
            }
        }
    }

    private void retry(ClusterException failure) {
        if (!failure.isPassing()) {
            throw failure;
        }
        if (awaySince == null) {
            awaySince = clock.instant();
            notes.accept(failure.getMessage() + "; still trying");
        }
        checkDeadline();
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private void answered() {
        if (awaySince != null) {
            var seconds = Duration.between(awaySince, clock.instant()).toSeconds();
            notes.accept("the API server answers again, after " + seconds + " s");
            awaySince = null;
        }
    }

    private Duration round() {
        var left = deadline.map(end -> Duration.between(clock.instant(), end)).orElse(ROUND);
        var shorter = left.compareTo(ROUND) < 0 ? left : ROUND;
        return shorter.isNegative() || shorter.isZero() ? Duration.ofMillis(1) : shorter;
    }

    private void checkDeadline() {
        if (deadline.filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            throw new DeadlineException();
        }
    }

    private boolean isTheSame(BuildJob now) {
        return now != null
                && now.getMetadata().getUid().equals(job.getMetadata().getUid());
    }

    /** The deadline passed before what was waited for. */
    public static final class DeadlineException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
