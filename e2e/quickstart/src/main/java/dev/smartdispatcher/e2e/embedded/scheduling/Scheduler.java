package dev.smartdispatcher.e2e.embedded.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.control.ControlLoop;
import dev.smartdispatcher.e2e.embedded.model.Gvr;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ObjectKey;
import dev.smartdispatcher.e2e.embedded.server.ApiServer;
import dev.smartdispatcher.e2e.embedded.store.ObjectFilter;
import dev.smartdispatcher.e2e.pods.Amounts;
import dev.smartdispatcher.e2e.pods.PodPhase;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Binds pods to nodes, whenever pods, nodes or claims have changed. */
public final class Scheduler implements AutoCloseable {
    /** The user agent under which its writes are logged. */
    public static final String NAME = "kube-scheduler";

    private static final Gvr PODS = new Gvr("", "v1", "pods");
    private static final Gvr NODES = new Gvr("", "v1", "nodes");
    private static final Gvr CLAIMS = new Gvr("", "v1", "persistentvolumeclaims");
    private static final Set<Gvr> WATCHED = Set.of(PODS, NODES, CLAIMS);

    private final ApiServer api;
    private final SchedulerWrites writes;
    private final ControlLoop loop = new ControlLoop(NAME, this::pass);

    public Scheduler(ApiServer api, Clock clock) {
        this.api = api;
        this.writes = new SchedulerWrites(api, clock);
        api.store().subscribe(event -> {
            if (WATCHED.contains(event.key().gvr())) {
                loop.wake();
            }
        });
    }

    @Override
    public void close() {
        loop.close();
    }

    private void pass() {
        var pods = api.store().list(ObjectFilter.all(PODS));
        var nodes = nodes(pods);
        pods.stream().filter(Scheduler::waits).sorted(byUrgency()).forEach(pod -> schedule(pod, nodes));
    }

    private void schedule(ObjectNode pod, TreeMap<String, NodeState> nodes) {
        var spec = read(pod.path("spec"), PodSpec.class);
        var lost = missingClaim(Meta.of(pod).namespace(), spec);
        if (lost.isPresent()) {
            writes.unschedulable(pod, "persistentvolumeclaim \"" + lost.get() + "\" not found", nodes.size());
            return;
        }
        var refusals = new HashMap<String, Integer>();
        for (var node : nodes.values()) {
            var reasons = Filters.refusals(spec, node);
            if (reasons.isEmpty()) {
                writes.bind(pod, node.name());
                nodes.put(node.name(), node.with(Amounts.requestedBy(spec)));
                return;
            }
            reasons.forEach(reason -> refusals.merge(reason, 1, Integer::sum));
        }
        writes.unschedulable(pod, refusals, nodes.size());
    }

    private TreeMap<String, NodeState> nodes(List<ObjectNode> pods) {
        var used = new HashMap<String, Amounts>();
        pods.stream()
                .filter(pod -> !PodPhase.isFinished(pod.at("/status/phase").asText()))
                .filter(pod -> pod.at("/spec/nodeName").isTextual())
                .forEach(pod -> used.merge(
                        pod.at("/spec/nodeName").asText(),
                        Amounts.requestedBy(read(pod.path("spec"), PodSpec.class)),
                        Amounts::plus));
        var nodes = new TreeMap<String, NodeState>();
        for (var json : api.store().list(ObjectFilter.all(NODES))) {
            var node = read(json, Node.class);
            var name = node.getMetadata().getName();
            nodes.put(name, new NodeState(node, used.getOrDefault(name, Amounts.NONE)));
        }
        return nodes;
    }

    private Optional<String> missingClaim(String namespace, PodSpec spec) {
        return spec.getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .filter(claim -> api.store()
                        .find(new ObjectKey(CLAIMS, namespace, claim))
                        .isEmpty())
                .findFirst();
    }

    private static boolean waits(JsonNode pod) {
        return pod.at("/spec/nodeName").isMissingNode()
                && !Meta.of(pod).isBeingDeleted()
                && !PodPhase.isFinished(pod.at("/status/phase").asText())
                && pod.at("/spec/schedulerName").asText().equals("default-scheduler");
    }

    private static Comparator<JsonNode> byUrgency() {
        return Comparator.<JsonNode>comparingInt(
                        pod -> -pod.at("/spec/priority").asInt())
                .thenComparing(pod -> Meta.of(pod).creationTimestamp())
                .thenComparing(pod -> Meta.of(pod).name());
    }

    private static <T> T read(JsonNode json, Class<T> type) {
        return Serialization.jsonMapper().convertValue(json, type);
    }
}
