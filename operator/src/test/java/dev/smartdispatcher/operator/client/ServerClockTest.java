package dev.smartdispatcher.operator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server of this test tells the time of this machine. */
class ServerClockTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger code = new AtomicInteger(200);
    private final AtomicLong nanos = new AtomicLong();
    private HttpServer server;
    private KubernetesClient client;
    private ServerClock clock;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/version", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(code.get(), -1);
            exchange.close();
        });
        server.start();
        client = OperatorClient.of(new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestRetryBackoffLimit(0)
                .build());
        clock = new ServerClock(client, nanos::get);
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    /** A cluster may tell its version to nobody, and tells its time by that. */
    @Test
    void itIsNeverAheadOfTheServer() {
        for (int answer : new int[] {200, 403}) {
            code.set(answer);
            var before = Instant.now();
            assertThat(clock.ask())
                    .isAfterOrEqualTo(before.truncatedTo(ChronoUnit.SECONDS))
                    .isBeforeOrEqualTo(Instant.now());
        }
    }

    @Test
    void itCountsOnForTenSecondsAndThenAsksAgain() {
        var first = clock.now();
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(clock.now()).isEqualTo(first.plusSeconds(9));
        assertThat(asked).hasValue(1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(clock.now()).isBefore(first.plusSeconds(9));
        assertThat(asked).hasValue(2);
    }

    @Test
    void whoeverAnswersForAServerThatIsAwayDoesNotTellItsTime() {
        code.set(503);
        assertThatThrownBy(clock::now)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessage("the API server does not tell its time: HTTP 503");
    }
}
