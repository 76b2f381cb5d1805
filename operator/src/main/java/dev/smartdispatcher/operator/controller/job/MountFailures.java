package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Obstacle;
import dev.smartdispatcher.operator.attempt.Observation;
import dev.smartdispatcher.operator.attempt.start.MountEvents;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.LogKeys;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
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
 * Asks for the Events of pods that do not start though they have their node: only there a kubelet tells which volume it cannot
 * mount. Pods that start in ordinary time cost no request; the others one, and then ever fewer.
 */
final class MountFailures {
    /** A pod has few volumes, and a kubelet counts what it repeats. */
    private static final long MOST_EVENTS = 20;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    /** A kubelet tries to mount at least about this often. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(MountFailures.class);

    private record Asked(String pod, Instant again, Duration pause, Optional<Obstacle> published) {}

    private final KubernetesClient client;
    private final Clock clock;
    /** By a job's UID, what was told of its newest pod. */
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    MountFailures(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What keeps the pod from starting, by its Events where they tell more than its status. */
    Optional<Obstacle> obstacle(BuildJob job, Pod pod, Observation.NotStarted observation) {
        return observation.unmounted() && !pod.isMarkedForDeletion()
                ? ask(job, pod).published().or(observation::obstacle)
                : observation.obstacle();
    }

    /** The obstacle of a pod that is given up, by the name that its Events gave it if it has no other. */
    Obstacle named(BuildJob job, Pod pod, Obstacle obstacle) {
        return obstacle.reason() == Reason.StartFailed
                ? of(job, pod).flatMap(Asked::published).orElse(obstacle)
                : obstacle;
    }

    private Asked ask(BuildJob job, Pod pod) {
        var now = clock.instant();
        var before = of(job, pod);
        if (before.filter(a -> now.isBefore(a.again())).isPresent()) {
            return before.get();
        }
        var pause = before.map(a -> a.pause().multipliedBy(2))
                .filter(p -> p.compareTo(LONGEST_PAUSE) < 0)
                .orElse(before.isPresent() ? LONGEST_PAUSE : FIRST_PAUSE);
        var published = list(pod).or(() -> before.flatMap(Asked::published));
        var after = new Asked(pod.getMetadata().getUid(), now.plus(pause), pause, published);
        asked.put(job.getMetadata().getUid(), after);
        return after;
    }

    private Optional<Asked> of(BuildJob job, Pod pod) {
        return Optional.ofNullable(asked.get(job.getMetadata().getUid()))
                .filter(a -> a.pod().equals(pod.getMetadata().getUid()));
    }

    private Optional<Obstacle> list(Pod pod) {
        var meta = pod.getMetadata();
        try {
            var events = client.v1()
                    .events()
                    .inNamespace(meta.getNamespace())
                    .list(new ListOptionsBuilder()
                            .withFieldSelector("involvedObject.uid=" + meta.getUid() + ",reason=" + MountEvents.REASON)
                            .withLimit(MOST_EVENTS)
                            .build());
            return MountEvents.obstacle(pod, events.getItems());
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.POD, meta.getName())
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("Events of a pod that does not start not read: {}", ApiFailure.reason(e));
            return Optional.empty();
        }
    }

    /** Its pod has started, or is gone. */
    void forget(BuildJob job) {
        asked.remove(job.getMetadata().getUid());
    }
}
