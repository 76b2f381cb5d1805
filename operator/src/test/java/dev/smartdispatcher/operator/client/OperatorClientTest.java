package dev.smartdispatcher.operator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a request is sent that an API server answers with 503. */
class OperatorClientTest {
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger fenced = new AtomicInteger();
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            arrived.incrementAndGet();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        var config = new ConfigBuilder(OperatorClient.config())
                .withAutoConfigure(false)
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withNamespace("default")
                .build();
        client = OperatorClient.of(config, Optional.of(new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                fenced.incrementAndGet();
            }
        }));
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    @Test
    void anOrdinaryOneIsSentAgain() {
        create(client);
        assertThat(arrived).hasValue(1 + OperatorClient.RETRIES);
        assertThat(fenced).hasValue(1 + OperatorClient.RETRIES);
    }

    @Test
    void oneThatIsSentOncePassesTheFenceAsWell() {
        create(OperatorClient.once(client));
        assertThat(arrived).hasValue(1);
        assertThat(fenced).hasValue(1);
    }

    private static void create(KubernetesClient with) {
        var pod = new PodBuilder().withNewMetadata().withName("p").endMetadata().build();
        assertThatThrownBy(() -> with.resource(pod).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(503));
    }
}
