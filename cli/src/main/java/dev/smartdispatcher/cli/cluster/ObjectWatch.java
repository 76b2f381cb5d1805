package dev.smartdispatcher.cli.cluster;

import dev.smartdispatcher.cli.cluster.JobWatch.DeadlineException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Waits for what becomes of one object. It outlasts an API server that is away, and says so. */
final class ObjectWatch<T extends HasMetadata> {
    /** A watch that has died without a word is noticed after so long. */
    private static final Duration ROUND = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Resource<T> resource;
    private final String uid;
    private final Optional<Instant> deadline;
    private final Clock clock;
    private final Consumer<String> notes;
    private Instant awaySince;

    /** A watch of the object of this UID: one that is made anew under its name is another. */
    ObjectWatch(Resource<T> resource, String uid, Optional<Instant> deadline, Clock clock, Consumer<String> notes) {
        this.resource = resource;
        this.uid = uid;
        this.deadline = deadline;
        this.clock = clock;
        this.notes = notes;
    }

    /**
     * Waits for the condition.
     *
     * @return the object as it was then; empty if it was deleted
     * @throws DeadlineException if the deadline passes before
     */
    Optional<T> until(Predicate<T> condition) {
        while (true) {
            try {
                var seen = resource.waitUntilCondition(
                        now -> !isTheSame(now) || condition.test(now), round().toMillis(), TimeUnit.MILLISECONDS);
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

    private boolean isTheSame(T now) {
        return now != null && now.getMetadata().getUid().equals(uid);
    }
}
