package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.embedded.Samples.node;
import static dev.smartdispatcher.e2e.embedded.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchedulerTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    @AfterEach
    void clear() {
        CLUSTER.client().pods().withGracePeriod(0).delete();
        CLUSTER.client().nodes().delete();
    }

    @Test
    void aPodGoesToTheNodeThatItsAffinityNames() {
        nodes(node("n1", "4", "8Gi"), node("n2", "4", "8Gi"));
        create(pinned("placed", "n2"));
        awaitNode("placed", "n2");
        assertThat(read("placed").getStatus().getConditions())
                .anySatisfy(c -> assertThat(c.getType() + c.getStatus()).isEqualTo("PodScheduledTrue"));
    }

    @Test
    void aPodForANodeThatDoesNotExistIsUnschedulableUntilItDoes() {
        nodes(node("n1", "4", "8Gi"));
        create(pinned("early", "n2"));
        awaitMessage("early", "0/1 nodes are available: 1 node(s) didn't satisfy plugin(s) [NodeAffinity].");
        nodes(node("n2", "4", "8Gi"));
        awaitNode("early", "n2");
    }

    @Test
    void aCordonedNodeTakesOnlyWhatToleratesIt() {
        var cordoned = new NodeBuilder(node("n1", "4", "8Gi"))
                .editOrNewSpec()
                .withUnschedulable(true)
                .endSpec()
                .build();
        nodes(cordoned);
        create(pinned("kept-out", "n1"));
        awaitMessage("kept-out", "1 node(s) were unschedulable");
        create(new PodBuilder(pinned("let-in", "n1"))
                .editSpec()
                .addNewToleration("NoSchedule", "node.kubernetes.io/unschedulable", "Exists", null, null)
                .endSpec()
                .build());
        awaitNode("let-in", "n1");
    }

    @Test
    void aTaintedNodeTakesOnlyWhatToleratesIt() {
        var tainted = new NodeBuilder(node("n1", "4", "8Gi"))
                .editOrNewSpec()
                .addNewTaint("NoSchedule", "pool", null, "builds")
                .endSpec()
                .build();
        nodes(tainted);
        create(pinned("kept-out", "n1"));
        awaitMessage("kept-out", "1 node(s) had untolerated taint(s)");
        create(new PodBuilder(pinned("let-in", "n1"))
                .editSpec()
                .addNewToleration("NoSchedule", "pool", "Equal", null, "builds")
                .endSpec()
                .build());
        awaitNode("let-in", "n1");
    }

    @Test
    void requestsOfUnfinishedPodsFillANode() {
        nodes(node("n1", "4", "8Gi"));
        create(requesting("first", "3", "1Gi"));
        awaitNode("first", "n1");
        create(requesting("second", "2", "9Gi"));
        awaitMessage("second", "1 Insufficient cpu, 1 Insufficient memory");
        create(requesting("third", "2", "1Gi"));
        awaitMessage("third", "1 Insufficient cpu");
        CLUSTER.client().pods().withName("first").editStatus(p -> {
            p.getStatus().setPhase("Succeeded");
            return p;
        });
        awaitNode("third", "n1");
    }

    @Test
    void aPodWaitsForItsClaim() {
        nodes(node("n1", "4", "8Gi"));
        create(new PodBuilder(pod("claiming"))
                .editSpec()
                .addNewVolume()
                .withName("results")
                .withNewPersistentVolumeClaim("artifacts", false)
                .endVolume()
                .endSpec()
                .build());
        awaitMessage("claiming", "persistentvolumeclaim \"artifacts\" not found");
        CLUSTER.client()
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("artifacts")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .create();
        awaitNode("claiming", "n1");
    }

    private static void nodes(Node... nodes) {
        for (var node : nodes) {
            CLUSTER.client().resource(node).create();
        }
    }

    private static void create(Pod pod) {
        CLUSTER.client().resource(pod).create();
    }

    private static Pod read(String name) {
        return CLUSTER.client().pods().withName(name).get();
    }

    private static void awaitNode(String pod, String node) {
        await().untilAsserted(
                        () -> assertThat(read(pod).getSpec().getNodeName()).isEqualTo(node));
    }

    private static void awaitMessage(String pod, String message) {
        await().untilAsserted(
                        () -> assertThat(read(pod).getStatus().getConditions()).anySatisfy(c -> {
                            assertThat(c.getType() + c.getStatus()).isEqualTo("PodScheduledFalse");
                            assertThat(c.getReason()).isEqualTo("Unschedulable");
                            assertThat(c.getMessage()).contains(message);
                        }));
    }

    private static Pod pinned(String name, String node) {
        return new PodBuilder(pod(name))
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(node)
                .endMatchField()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static Pod requesting(String name, String cpu, String memory) {
        return new PodBuilder(pod(name))
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}
