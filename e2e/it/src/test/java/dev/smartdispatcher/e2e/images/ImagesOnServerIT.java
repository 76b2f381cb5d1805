package dev.smartdispatcher.e2e.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.chart.monitoring.UsedMetrics;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.process.FreePort;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The images talk to a real API server, over TLS, and end when they are told to. */
@ApiTier
class ImagesOnServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String ACCOUNT = "images";

    /** 128 and the number of SIGTERM. */
    private static final int TOLD_TO_END = 143;

    /** Counters that are made when there is something to count. */
    private static final Set<String> ONLY_AFTER_THE_FIRST =
            Set.of("smart_dispatcher_attempts_total", "operator_sdk_reconciliations_failed_total");

    private static final String OF_THE_AGENT = "smart_dispatcher_agent_";

    private final ControlPlane server;
    private final KubernetesClient client;

    ImagesOnServerIT(ControlPlane server, KubernetesClient client) {
        this.server = server;
        this.client = client;
    }

    @BeforeEach
    void account() {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", ACCOUNT, "default")
                        .build())
                .create();
    }

    @AfterEach
    void noAccount() {
        client.serviceAccounts().inNamespace("default").withName(ACCOUNT).delete();
        client.rbac().clusterRoleBindings().withName(ACCOUNT).delete();
    }

    @Test
    void theAgentPublishesItsMachine() throws Exception {
        try (var agent = RunningImage.start(
                "node-agent", server, token(), "NODE_NAME=imaged", "AGENT_HEALTH_PORT=0", "AGENT_METRICS_PORT=0")) {
            await().atMost(PATIENCE).until(() -> {
                var worker =
                        client.resources(BuildWorker.class).withName("imaged").get();
                return worker != null
                        && worker.getStatus() != null
                        && worker.getStatus().agent() != null;
            });
            assertThat(agent.stop()).isEqualTo(TOLD_TO_END);
        }
    }

    /**
     * Each class that is not archived takes memory on every node, and time at each start. The list is of all classes, but those
     * that Java makes itself; {@code -Dgolden.update=true} writes it anew.
     */
    @Test
    void theClassesOfTheAgentAreArchived() throws Exception {
        var metrics = FreePort.find();
        try (var agent = RunningImage.start(
                "node-agent",
                server,
                token(),
                "NODE_NAME=archived",
                "AGENT_HEALTH_PORT=0",
                "AGENT_METRICS_PORT=" + metrics,
                "JAVA_TOOL_OPTIONS=-Xlog:class+load")) {
            await().atMost(PATIENCE)
                    .until(() -> client.resources(BuildWorker.class)
                                    .withName("archived")
                                    .get()
                            != null);
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(scraped(metrics))
                    .contains("smart_dispatcher_agent_writes_total"));
            agent.stop();
            LoadedClasses.of(agent.log()).areIn(SourceTree.file("node-agent/src/main/cds/classes.list"));
        }
    }

    @Test
    void theOperatorLeadsTellsItsMetricsAndGivesItsLeaseBack() throws Exception {
        var port = FreePort.find();
        try (var operator = RunningImage.start(
                "operator", server, token(), "POD_NAMESPACE=default", "HEALTH_PORT=0", "METRICS_PORT=" + port)) {
            await().atMost(PATIENCE).until(() -> !holder().isEmpty());
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(scraped(port))
                    .containsAll(UsedMetrics.read().names().stream()
                            .filter(name -> !ONLY_AFTER_THE_FIRST.contains(name))
                            .filter(name -> !name.startsWith(OF_THE_AGENT))
                            .toList()));
            assertThat(operator.stop()).isEqualTo(TOLD_TO_END);
            assertThat(holder()).isEmpty();
        }
    }

    /** The names of all series that the operator has. */
    private static Set<String> scraped(int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toSet());
    }

    private String holder() {
        var lease = client.leases()
                .inNamespace("default")
                .withName("smart-dispatcher")
                .get();
        return lease == null || lease.getSpec().getHolderIdentity() == null
                ? ""
                : lease.getSpec().getHolderIdentity();
    }

    private String token() {
        return client.serviceAccounts()
                .inNamespace("default")
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }
}
