package dev.smartdispatcher.e2e.api.rights.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.agent.AgentOptions;
import dev.smartdispatcher.agent.NodeAgent;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.api.rights.ServiceAccount;
import dev.smartdispatcher.e2e.api.rights.ShippedRights;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.process.FreePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent that lacks its kind or a right says which on its health endpoint, and goes on by itself when it is there. */
@ApiTier
class AgentHealthApiIT {
    private static final String NODE = "health-a";
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final HttpClient http = HttpClient.newHttpClient();
    private final KubernetesClient admin;
    private final ShippedRights rights;
    private final ServiceAccount account;
    private final ControlPlane controlPlane;
    private NodeAgent agent;
    private int port;

    AgentHealthApiIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        admin = controlPlane.admin();
        rights = ShippedRights.in(admin);
        account = ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.AGENT);
    }

    @BeforeEach
    void start() throws Exception {
        HollowWorker.of(NODE, 4).register(admin);
        admin.resources(BuildWorker.class).withName(NODE).delete();
        port = FreePort.find();
        agent = new NodeAgent(
                controlPlane.client(account.tokenOfPodOn(NODE)),
                new AgentOptions(NODE, Duration.ofSeconds(1), Path.of("/"), "/", Optional.empty(), port),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        agent.close();
        ShippedDefinitions.install(admin);
        Leftovers.remove(admin);
    }

    @Test
    void aMissingRightIsNamed() {
        agent.start();
        untilNotReady("cannot patch resource \"buildworkers/status\" in API group \"smartdispatcher.dev\"");
        rights.bind(rights.clusterRole("node-agent.yaml"), account);
        untilReady();
    }

    @Test
    void aMissingKindIsNamed() {
        rights.bind(rights.clusterRole("node-agent.yaml"), account);
        var definition =
                admin.apiextensions().v1().customResourceDefinitions().withName("buildworkers.smartdispatcher.dev");
        definition.delete();
        await().atMost(PATIENCE).until(() -> definition.get() == null);
        agent.start();
        untilNotReady(
                "The cluster does not know the kind BuildWorker of smartdispatcher.dev/v1alpha1: install its CRD");
        ShippedDefinitions.install(admin);
        untilReady();
    }

    private void untilReady() {
        await("ready").atMost(PATIENCE).until(() -> get("readyz").statusCode() == 200);
        assertThat(admin.resources(BuildWorker.class)
                        .withName(NODE)
                        .get()
                        .getStatus()
                        .agent())
                .isNotNull();
    }

    private void untilNotReady(String because) {
        var answer = await("not ready").atMost(PATIENCE).until(() -> get("readyz"), a -> a.body()
                .contains(because));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(get("livez").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
