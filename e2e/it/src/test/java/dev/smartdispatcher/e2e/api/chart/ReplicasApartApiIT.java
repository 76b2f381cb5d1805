package dev.smartdispatcher.e2e.api.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.chart.Chart;
import dev.smartdispatcher.e2e.controlplane.Binaries;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.process.Server;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A real kube-scheduler keeps the operator's replicas apart, though one of the two nodes attracts them as much as it can: it has
 * the image, and the other has neither that nor much room.
 */
@ApiTier
@EnabledIf("hasScheduler")
class ReplicasApartApiIT {
    private static final String ATTRACTIVE = "attractive";
    private static final String OTHER = "other";

    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private final Deployment operator = Serialization.unmarshal(
            Chart.render()
                    .only("Deployment", "farm-smart-dispatcher-operator")
                    .content()
                    .toString(),
            Deployment.class);
    private Server scheduler;

    ReplicasApartApiIT(ControlPlane controlPlane, KubernetesClient client) {
        this.controlPlane = controlPlane;
        this.client = client;
    }

    static boolean hasScheduler() {
        return Binaries.find(SourceTree.root(), System.getenv())
                .missing("kube-scheduler")
                .isEmpty();
    }

    @BeforeEach
    void twoNodes() {
        ReleaseNamespace.create(client);
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("farm-smart-dispatcher-operator")
                        .withNamespace(Chart.NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        var image = operator.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
        node(ATTRACTIVE, "8", "images: [{names: [\"" + image + "\"], sizeBytes: 1000000000}]");
        node(OTHER, "1", "images: []");
        scheduler = controlPlane.startComponent(
                "kube-scheduler",
                Map.of(),
                List.of(
                        "--kubeconfig=" + controlPlane.kubeconfig("kube-scheduler", null),
                        "--secure-port=0",
                        "--leader-elect=false"));
    }

    @AfterEach
    void end() {
        scheduler.close();
        client.pods().inNamespace(Chart.NAMESPACE).withGracePeriod(0).delete();
        client.nodes().delete();
        ReleaseNamespace.delete(client);
    }

    @Test
    void afterAnInstallation() {
        assertThat(node(replica("one", "first"))).isEqualTo(ATTRACTIVE);
        assertThat(node(replica("two", "first"))).isEqualTo(OTHER);
    }

    /** Of the version before, one replica is left, beside none of the new ones: it will go. */
    @Test
    void afterAnUpgrade() {
        client.resource(new PodBuilder(replicaOf("old", "first"))
                        .editSpec()
                        .withNodeName(OTHER)
                        .endSpec()
                        .build())
                .create();
        assertThat(node(replica("one", "second"))).isEqualTo(ATTRACTIVE);
        assertThat(node(replica("two", "second"))).isEqualTo(OTHER);
    }

    private Pod replica(String name, String version) {
        return client.resource(replicaOf(name, version)).create();
    }

    /** As the ReplicaSet of this version makes it. */
    private Pod replicaOf(String name, String version) {
        var template = operator.getSpec().getTemplate();
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(Chart.NAMESPACE)
                .withLabels(template.getMetadata().getLabels())
                .addToLabels("pod-template-hash", version)
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private String node(Pod pod) {
        return await("a node for " + pod.getMetadata().getName())
                .atMost(Duration.ofSeconds(120))
                .until(
                        () -> client.resource(pod).get().getSpec().getNodeName(),
                        node -> node != null && !node.isEmpty());
    }

    private void node(String name, String cores, String images) {
        var node = Serialization.unmarshal("""
            apiVersion: v1
            kind: Node
            metadata: {name: %s, labels: {kubernetes.io/hostname: %s, kubernetes.io/os: linux}}
            status:
              capacity: &amounts {cpu: "%s", memory: 8Gi, ephemeral-storage: 100Gi, pods: "110"}
              allocatable: *amounts
              conditions: [{type: Ready, status: "True"}]
              %s
            """.formatted(name, name, cores, images), Node.class);
        client.resource(node).create();
        // The API server gives every new node a taint, which a controller takes away where there is one.
        client.nodes().withName(name).edit(n -> {
            n.getSpec().setTaints(null);
            return n;
        });
        client.nodes().withName(name).editStatus(n -> {
            n.setStatus(node.getStatus());
            return n;
        });
    }
}
