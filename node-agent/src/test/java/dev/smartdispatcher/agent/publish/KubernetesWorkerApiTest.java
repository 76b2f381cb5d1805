package dev.smartdispatcher.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.agent.publish.FakeApiServer.Request;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requests over the wire. That a real API server takes them is shown elsewhere. */
class KubernetesWorkerApiTest {
    private static final String WORKERS = "/apis/smartdispatcher.dev/v1alpha1/buildworkers";

    private FakeApiServer server;
    private KubernetesClient client;
    private KubernetesWorkerApi api;

    @BeforeEach
    void start() throws IOException {
        server = new FakeApiServer();
        client = server.client();
        api = new KubernetesWorkerApi(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void appliesTheAgentsPartOfTheStatusAndNothingElse() throws Exception {
        assertThat(api.apply("node-7", new TestFacts().get())).isTrue();
        Request request = server.requests.remove();
        assertThat(request.method()).isEqualTo("PATCH");
        assertThat(request.path()).isEqualTo(WORKERS + "/node-7/status");
        assertThat(request.query().split("&")).contains("fieldManager=smart-dispatcher-node-agent", "force=true");
        assertThat(request.contentType()).startsWith("application/apply-patch+yaml");
        JsonNode body = new ObjectMapper().readTree(request.body());
        assertThat(names(body)).containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "status");
        assertThat(names(body.get("metadata"))).containsExactly("name");
        assertThat(names(body.get("status"))).containsExactly("agent");
        assertThat(body.at("/status/agent/observedTime").asText()).isEqualTo("2026-12-01T08:30:00Z");
        assertThat(body.at("/status/agent/disk/free").asText()).isEqualTo("60Gi");
    }

    @Test
    void createsWithAnEmptySpec() throws Exception {
        server.answer("POST", 201);
        api.create("node-7");
        Request request = server.requests.remove();
        assertThat(request.path()).isEqualTo(WORKERS);
        JsonNode body = new ObjectMapper().readTree(request.body());
        assertThat(body.get("spec")).isEmpty();
        assertThat(names(body)).doesNotContain("status");
        assertThat(names(body.get("metadata"))).containsExactly("name");
    }

    @Test
    void aWorkerThatExistsAlreadyIsFine() throws Exception {
        server.answer("POST", 409);
        api.create("node-7");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aWorkerThatIsNotThereIsToldByTheResult() throws Exception {
        server.answer("PATCH", 404);
        assertThat(api.apply("node-7", new TestFacts().get())).isFalse();
    }

    @Test
    void aKindThatIsNotThereIsToldByTheFailure() {
        server.answer("POST", 404);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> api.create("node-7"))
                .satisfies(e -> assertThat(e.isKindMissing()).isTrue());
    }

    @Test
    void aRefusalSaysWhatTheServerSaid() {
        server.answer("PATCH", 403);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> api.apply("node-7", new TestFacts().get()))
                .withMessageStartingWith("Facts cannot be written to BuildWorker node-7: ")
                .withMessageContaining("because of 403")
                .satisfies(e -> assertThat(e.isKindMissing()).isFalse());
    }

    @Test
    void aServerThatIsNotThereIsNamedAsSuch() {
        server.close();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> api.create("node-7"))
                .withMessageContaining("no answer from http://127.0.0.1")
                .withMessageContaining("ConnectException");
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
