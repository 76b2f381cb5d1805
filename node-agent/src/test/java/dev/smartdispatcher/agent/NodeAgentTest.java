package dev.smartdispatcher.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.agent.publish.FakeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The whole agent, on this machine, with an API server that takes everything. */
@EnabledOnOs(OS.LINUX)
class NodeAgentTest {
    private FakeApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void cluster() throws IOException {
        server = new FakeApiServer();
        client = server.client();
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    void publishesThisMachinesFacts() {
        try (NodeAgent agent = new NodeAgent(client, AgentOptions.of("here"), Clock.systemUTC())) {
            agent.start();
            await().atMost(Duration.ofMinutes(1)).until(() -> !server.requests.isEmpty());
        }
        FakeApiServer.Request request = server.requests.remove();
        assertThat(request.path()).endsWith("/buildworkers/here/status");
        assertThat(request.body()).contains("\"hostArch\"", "\"Native\"", "\"recommendedLimits\"");
    }

    @Test
    void goesOnWhenTheClusterRefuses() {
        server.answer("PATCH", 500);
        try (NodeAgent agent = new NodeAgent(client, AgentOptions.of("here"), Clock.systemUTC())) {
            agent.start();
            await().atMost(Duration.ofMinutes(1)).until(() -> !server.requests.isEmpty());
            server.answer("PATCH", 200);
            await().atMost(Duration.ofMinutes(1)).until(() -> server.requests.size() >= 2);
        }
    }

    @Test
    void closesAtOnceAlsoWhenItWasNeverStarted() {
        NodeAgent agent = new NodeAgent(client, AgentOptions.of("here"), Clock.systemUTC());
        agent.close();
        agent.close();
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsToldAtTheStart() throws IOException {
        try (ServerSocket taken = new ServerSocket(0);
                NodeAgent agent = new NodeAgent(client, options(taken.getLocalPort()), Clock.systemUTC())) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(agent::start)
                    .withMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> AgentOptions.of(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> options(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AgentOptions(
                        "n", Duration.ofSeconds(20), Path.of("/"), "/var", "/etc", Optional.empty(), 8081, 8081))
                .withMessage("health and metrics need ports of their own: both have 8081");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new AgentOptions("n", Duration.ofSeconds(61), Path.of("/"), "/var", Optional.empty(), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AgentOptions("n", Duration.ZERO, Path.of("/"), "/var", Optional.empty(), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new AgentOptions("n", Duration.ofSeconds(20), Path.of("/"), "var", Optional.empty(), 0));
    }

    private static AgentOptions options(int healthPort) {
        return new AgentOptions("here", Duration.ofSeconds(20), Path.of("/"), "/var", Optional.empty(), healthPort);
    }
}
