package dev.smartdispatcher.operator.controller.job.removal;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.controller.LogKeys;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pods whose build has ended and that go on, since somebody has added a container to them that does not end with the build. They
 * take the room of a build that is over, so they are deleted, once there was time to read the build's log.
 */
final class LingeringPods {
    /** From when the end of the build is seen; by the operator's own clock, for that of the node may be wrong. */
    static final Duration FOR_ITS_LOG = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(LingeringPods.class);

    private final KubernetesClient client;
    private final Clock clock;
    private final PodDeletions deletions;
    /** By a job's UID, since when which pods linger, by their names. After a restart it counts anew. */
    private final Map<String, Map<String, Instant>> since = new ConcurrentHashMap<>();

    LingeringPods(KubernetesClient client, Clock clock, PodDeletions deletions) {
        this.client = client;
        this.clock = clock;
        this.deletions = deletions;
    }

    /** Deletes those of the job's pods that are due; when to look again, if others will be. Those that were refused are tried again. */
    Optional<Duration> withdraw(BuildJob job, Stream<Pod> pods) {
        var now = clock.instant();
        var before = since.getOrDefault(job.getMetadata().getUid(), Map.of());
        var still = new HashMap<String, Instant>();
        pods.filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> StrayPods.isOwned(job, pod) && PodState.isLingering(pod))
                .forEach(pod -> {
                    var name = pod.getMetadata().getName();
                    var seen = before.getOrDefault(name, now);
                    if (now.isBefore(seen.plus(FOR_ITS_LOG)) || !deletions.delete(job, pod, () -> delete(pod))) {
                        still.put(name, seen);
                    }
                });
        if (still.isEmpty()) {
            forget(job);
        } else {
            since.put(job.getMetadata().getUid(), still);
        }
        return still.values().stream()
                .map(seen -> seen.plus(FOR_ITS_LOG))
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .map(first -> Duration.between(now, first));
    }

    /** The job is gone. */
    void forget(BuildJob job) {
        since.remove(job.getMetadata().getUid());
    }

    private void delete(Pod pod) {
        LOG.atInfo()
                .addKeyValue(LogKeys.POD, pod.getMetadata().getName())
                .log("the build has ended and another container of the pod goes on, deleting the pod");
        client.resource(pod).lockResourceVersion().delete();
    }
}
