package dev.smartdispatcher.operator.worker.node;

import dev.smartdispatcher.api.Excerpt;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.model.Room;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Reads a {@link NodeState} off a Node. */
public final class NodeStates {
    private NodeStates() {}

    /**
     * The state of a Node; one without conditions is not ready.
     *
     * @param others what pods on it request that are neither builds nor checks
     * @param checks what the pods of checks on it request
     */
    public static NodeState of(Node node, Room others, Room checks) {
        var spec = Optional.ofNullable(node.getSpec());
        var status = Optional.ofNullable(node.getStatus());
        return new NodeState(
                status.map(NodeStatus::getConditions).orElse(List.of()).stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus())),
                spec.map(s -> Boolean.TRUE.equals(s.getUnschedulable())).orElse(false),
                spec.map(s -> s.getTaints()).orElse(List.of()),
                status.map(NodeStatus::getAllocatable).filter(a -> !a.isEmpty()).map(NodeStates::room),
                devices(status.map(NodeStatus::getAllocatable).orElse(Map.of())),
                status.filter(NodeStates::userNamespaces).isPresent(),
                others,
                checks,
                boot(node));
    }

    private static String boot(Node node) {
        var id = Optional.ofNullable(node.getStatus())
                .map(NodeStatus::getNodeInfo)
                .map(info -> info.getBootID())
                .orElse("");
        return Excerpt.beginning(id + "/" + node.getMetadata().getUid(), CheckResult.LONGEST_BOOT);
    }

    /** Extended resources have the name of who offers them before theirs; those without are the kubelet's own. */
    private static Set<String> devices(Map<String, Quantity> allocatable) {
        return allocatable.entrySet().stream()
                .filter(e -> e.getKey().contains("/") && capped(e.getValue(), Quantities::bytes) > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Of the default runtime handler, which worker pods run with. */
    private static boolean userNamespaces(NodeStatus status) {
        return status.getRuntimeHandlers().stream()
                .filter(handler ->
                        handler.getName() == null || handler.getName().isEmpty())
                .anyMatch(handler -> handler.getFeatures() != null
                        && Boolean.TRUE.equals(handler.getFeatures().getUserNamespaces()));
    }

    private static Room room(Map<String, Quantity> allocatable) {
        return new Room(
                amount(allocatable, "cpu")
                        .map(q -> capped(q, Quantities::millis))
                        .orElse(Long.MAX_VALUE),
                amount(allocatable, "memory")
                        .map(q -> capped(q, Quantities::bytes))
                        .orElse(Long.MAX_VALUE),
                amount(allocatable, "ephemeral-storage")
                        .map(q -> capped(q, Quantities::bytes))
                        .orElse(Long.MAX_VALUE),
                amount(allocatable, "pods")
                        .map(q -> (int) Math.min(Integer.MAX_VALUE, capped(q, Quantities::bytes)))
                        .orElse(Integer.MAX_VALUE));
    }

    /** A Node that offers more than counts, or what is no amount, sets no bound. */
    private static long capped(Quantity quantity, ToLongFunction<Quantity> read) {
        try {
            return read.applyAsLong(quantity);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Quantities.MOST;
        }
    }

    private static Optional<Quantity> amount(Map<String, Quantity> allocatable, String resource) {
        return Optional.ofNullable(allocatable.get(resource));
    }
}
