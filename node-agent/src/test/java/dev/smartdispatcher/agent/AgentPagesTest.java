package dev.smartdispatcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.publish.Pulse;
import dev.smartdispatcher.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentPagesTest {
    private final ManualClock clock = new ManualClock();
    private final Pulse pulse = new Pulse(clock);
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        server = WebServer.start("health", 0, NodeAgent.health(pulse));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isAliveButNotReadyBeforeTheFirstWrite() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/livez").body()).isEqualTo("ok\n");
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("does not have this node's facts");
    }

    @Test
    void isNotAliveWhenItNoLongerLooks() throws Exception {
        clock.advanceSeconds(200);
        assertThat(get("/livez").statusCode()).isEqualTo(503);
    }

    @Test
    void countsItsWrites() {
        try (var metrics = new AgentMetrics(pulse)) {
            assertThat(metrics.scrape())
                    .contains("smart_dispatcher_agent_writes_total{result=\"written\"} 0.0")
                    .contains("smart_dispatcher_agent_writes_total{result=\"failed\"} 0.0")
                    .contains("smart_dispatcher_agent_clock_skew_seconds NaN")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void knowsNothingElse() throws Exception {
        assertThat(get("/metrics").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
