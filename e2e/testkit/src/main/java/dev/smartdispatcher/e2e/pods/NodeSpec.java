package dev.smartdispatcher.e2e.pods;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A Node as a kubelet registers it. What it offers need not be what this machine has: it then is simulated.
 *
 * @param allocatable what it offers to pods: cpu, memory, ephemeral-storage, pods
 */
public record NodeSpec(String name, Map<String, String> labels, Map<String, Quantity> allocatable) {
    private static final String MOST_PODS = "110";
    private static final int MOST_OF_A_LABEL = 63;

    /** With as many pods as a kubelet takes by default. */
    public static NodeSpec of(String name, Quantity cpu, Quantity memory, Quantity disk) {
        return new NodeSpec(
                name,
                Map.of(),
                Map.of("cpu", cpu, "memory", memory, "ephemeral-storage", disk, "pods", new Quantity(MOST_PODS)));
    }

    /** Creates the Node, ready. */
    public void register(KubernetesClient client) {
        var node = node();
        var created = client.resource(node).create();
        created.setStatus(node.getStatus());
        created = client.resource(created).updateStatus();
        // An API server taints each new node as not ready, until a controller sees that it is.
        created.getSpec().setTaints(List.of());
        client.resource(created).update();
    }

    /** The Node as it is to be created, with the status that a kubelet gives it. */
    private Node node() {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .addToLabels("kubernetes.io/hostname", hostname())
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withCapacity(allocatable)
                .withAllocatable(allocatable)
                .addNewAddress("127.0.0.1", "InternalIP")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("LocalNodeReady")
                .withMessage("local node is posting ready status")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .endCondition()
                .endStatus()
                .build();
    }

    /** Not longer than Linux and labels allow, as names of Nodes may be. */
    private String hostname() {
        return name.length() <= MOST_OF_A_LABEL ? name : name.substring(0, MOST_OF_A_LABEL);
    }
}
