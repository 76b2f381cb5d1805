package dev.smartdispatcher.operator.controller.job.removal;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import dev.smartdispatcher.operator.client.refusal.RefusalKind;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.LogKeys;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes pods of jobs. One that the API server does not delete, as when an admission webhook denies it, holds up nothing else of
 * its job: the answer is told, and the deletion is tried again after ever longer pauses. Safe for use by several threads.
 */
final class PodDeletions {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(PodDeletions.class);

    private final EventRecorder events;
    private final Clock clock;
    /** By a job's UID, which of its pods were not deleted, by their UIDs. */
    private final Map<String, Map<String, Refused>> refused = new ConcurrentHashMap<>();

    /** @param at when the deletion was tried last */
    private record Refused(Instant at, Duration pause) {
        private boolean holds(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(pause));
        }

        /** Its turn came long ago and was not taken: the pod is gone, or may stay after all. */
        private boolean isPast(Instant now) {
            return !now.isBefore(at.plus(pause).plus(LONGEST_PAUSE));
        }

        private Duration left(Instant now) {
            var left = Duration.between(now, at.plus(pause));
            return left.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : left;
        }
    }

    PodDeletions(EventRecorder events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /**
     * Deletes a pod, unless that was refused a moment ago.
     *
     * @param deletion asks the API server
     * @return whether there was no refusal: neither now nor a moment ago
     */
    boolean delete(BuildJob job, Pod pod, Runnable deletion) {
        var pods = refused.getOrDefault(job.getMetadata().getUid(), Map.of());
        var uid = pod.getMetadata().getUid();
        var before = Optional.ofNullable(pods.get(uid));
        if (before.filter(r -> r.holds(clock.instant())).isPresent()) {
            return false;
        }
        try {
            deletion.run();
            before.ifPresent(r -> pods.remove(uid));
            return true;
        } catch (KubernetesClientException e) {
            refused.computeIfAbsent(job.getMetadata().getUid(), j -> new ConcurrentHashMap<>())
                    .put(uid, new Refused(clock.instant(), pause(before)));
            publish(job, pod, e, before.isEmpty());
            return false;
        }
    }

    private static Duration pause(Optional<Refused> before) {
        return before.map(r -> r.pause().multipliedBy(2))
                .map(twice -> twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE)
                .orElse(FIRST_PAUSE);
    }

    private void publish(BuildJob job, Pod pod, KubernetesClientException e, boolean first) {
        var kind = ApiFailure.refusal(Verb.Delete, "pods", e).kind();
        if (kind == RefusalKind.Overtaken) {
            // Not a refusal: the pod has changed meanwhile.
            return;
        }
        var name = pod.getMetadata().getName();
        LOG.atWarn()
                .addKeyValue(LogKeys.POD, name)
                .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                .log("pod not deleted: {}", ApiFailure.reason(e));
        if (first) {
            events.warning(job, kind.reason(), "the pod " + name + " cannot be deleted: " + ApiFailure.reason(e));
        }
    }

    /** When the next pod of the job is to be tried again, if one was refused. */
    Optional<Duration> again(BuildJob job) {
        var now = clock.instant();
        var pods = refused.getOrDefault(job.getMetadata().getUid(), Map.of());
        pods.values().removeIf(r -> r.isPast(now));
        return pods.values().stream().map(r -> r.left(now)).min(Duration::compareTo);
    }

    /** The job is gone. */
    void forget(BuildJob job) {
        refused.remove(job.getMetadata().getUid());
    }
}
