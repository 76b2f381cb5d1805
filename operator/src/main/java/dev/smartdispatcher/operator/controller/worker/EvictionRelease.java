package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.worker.node.NodeState;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets evictions of a worker's builds through once its Node has been cordoned for as long as the policy's {@code evictAfterSeconds}:
 * their pods get a label that the eviction guard does not select. Without a bound, and when the Node is uncordoned, they have none.
 */
public final class EvictionRelease {
    private static final Logger LOG = LoggerFactory.getLogger(EvictionRelease.class);
    private static final String CORDONED = "node.kubernetes.io/unschedulable";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final EventRecorder events;
    private final Clock clock;
    /** Since when Nodes were seen cordoned: where their taint does not tell, it is counted anew by a new leader. */
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    public EvictionRelease(KubernetesClient client, ClusterView cluster, EventRecorder events, Clock clock) {
        this.client = client;
        this.cluster = cluster;
        this.events = events;
        this.clock = clock;
    }

    /** Brings the labels of the worker's pods up to date. */
    void look(BuildWorker worker) {
        var name = worker.getMetadata().getName();
        boolean evictable = isDue(name);
        long changed = cluster.podsOn(name).stream()
                .filter(pod -> AttemptPod.of(pod).isPresent() && !PodState.finished(pod))
                .filter(pod -> isEvictable(pod) != evictable)
                .filter(pod -> mark(pod, evictable))
                .count();
        if (evictable && changed > 0) {
            events.normal(
                    worker,
                    Reason.EvictionsAllowed,
                    "the Node has been cordoned for " + cluster.policy().evictAfterSeconds()
                            + " s: evictions of its builds are let through");
        }
    }

    private boolean isDue(String name) {
        var node = cluster.node(name).filter(NodeState::cordoned);
        if (node.isEmpty()) {
            seen.remove(name);
            return false;
        }
        var now = clock.instant();
        var since = tainted(node.get()).orElse(seen.computeIfAbsent(name, n -> now));
        return Optional.ofNullable(cluster.policy().evictAfterSeconds())
                .filter(seconds -> !now.isBefore(since.plusSeconds(seconds)))
                .isPresent();
    }

    /** When the Node was cordoned, by the taint that follows. */
    private static Optional<Instant> tainted(NodeState node) {
        try {
            return node.taints().stream()
                    .filter(taint -> CORDONED.equals(taint.getKey()))
                    .map(Taint::getTimeAdded)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isEvictable(Pod pod) {
        return pod.getMetadata().getLabels() != null
                && pod.getMetadata().getLabels().containsKey(Labels.EVICTABLE);
    }

    /** Whether the label is as it should be. */
    private boolean mark(Pod pod, boolean evictable) {
        var meta = pod.getMetadata();
        try {
            client.pods()
                    .inNamespace(meta.getNamespace())
                    .withName(meta.getName())
                    .patch(
                            MERGE,
                            "{\"metadata\":{\"uid\":\"" + meta.getUid() + "\",\"labels\":{\"" + Labels.EVICTABLE + "\":"
                                    + (evictable ? "\"true\"" : "null") + "}}}");
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.atWarn()
                        .addKeyValue(LogKeys.POD, meta.getName())
                        .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                        .log("pod not marked evictable: {}", ApiFailure.reason(e));
            }
            return false;
        }
    }
}
