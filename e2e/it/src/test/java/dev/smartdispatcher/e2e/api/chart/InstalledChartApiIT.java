package dev.smartdispatcher.e2e.api.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.agent.publish.KubernetesWorkerApi;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.chart.Chart;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.process.OperatorRun;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What components may do with the accounts, roles and admission policies of an installed release, whatever its name. */
@ApiTier
class InstalledChartApiIT {
    /** Nobody would run them here. */
    private static final Set<String> WORKLOADS = Set.of("Deployment", "DaemonSet", "Pod");

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ControlPlane controlPlane;
    private final KubernetesClient client;

    InstalledChartApiIT(ControlPlane controlPlane, KubernetesClient client) {
        this.controlPlane = controlPlane;
        this.client = client;
    }

    @BeforeAll
    static void install(KubernetesClient client) {
        ReleaseNamespace.create(client);
        Chart.render().manifests().stream()
                .filter(manifest -> !WORKLOADS.contains(manifest.kind()))
                .map(manifest ->
                        Serialization.unmarshal(manifest.content().toString(), GenericKubernetesResource.class))
                .forEach(object -> client.resource(object).serverSideApply());
    }

    @AfterAll
    static void uninstall(KubernetesClient client) {
        var release = "app.kubernetes.io/instance=" + Chart.RELEASE;
        client.resources(ClusterRole.class).withLabelSelector(release).delete();
        client.resources(ClusterRoleBinding.class).withLabelSelector(release).delete();
        ReleaseNamespace.delete(client);
    }

    @Test
    void theOperatorDispatchesWithItsAccount() {
        var operator = controlPlane.client(token("farm-smart-dispatcher-operator", null));
        await().atMost(PATIENCE).untilAsserted(() -> assertThatCode(() ->
                        operator.resources(BuildJob.class).inAnyNamespace().list())
                .doesNotThrowAnyException());
        var farm = Farm.of(client, "installed-1");
        try (var nodes = HollowNodes.startBinding(client, Duration.ofMillis(100), 4);
                var running = OperatorRun.start(operator)) {
            farm.job("installed");
            var status = farm.until("installed", BuildJobStatus::finished);
            assertThat(status.holds(BuildJobStatus.COMPLETE))
                    .as(status.toString())
                    .isTrue();
        }
    }

    @Test
    void anAgentWritesTheWorkerOfItsNodeOnly() throws Exception {
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("installed-2")
                        .endMetadata()
                        .build())
                .create();
        var agent = controlPlane.client(token("farm-smart-dispatcher-node-agent", "installed-2"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(
                        () -> agent.resource(worker("installed-3")).dryRun().create())
                .hasMessageContaining("the agent on node installed-2 may not write the BuildWorker installed-3"));
        new KubernetesWorkerApi(agent).create("installed-2");
        assertThat(client.resources(BuildWorker.class).withName("installed-2").get())
                .isNotNull();
    }

    private static BuildWorker worker(String name) {
        var worker = new BuildWorker();
        worker.getMetadata().setName(name);
        return worker;
    }

    /** Of an account of the release, bound to a node as the token of a pod there is. */
    private String token(String account, String node) {
        var request = new TokenRequestBuilder().withNewSpec().endSpec();
        if (node != null) {
            request = request.editSpec()
                    .withNewBoundObjectRef()
                    .withApiVersion("v1")
                    .withKind("Node")
                    .withName(node)
                    .endBoundObjectRef()
                    .endSpec();
        }
        return client.serviceAccounts()
                .inNamespace(Chart.NAMESPACE)
                .withName(account)
                .tokenRequest(request.build())
                .getStatus()
                .getToken();
    }
}
