package dev.smartdispatcher.operator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fence in the client that the operator uses, in front of a server that takes whatever is sent. */
class LeaseFenceTest {
    private static final Duration VALIDITY = Duration.ofSeconds(10);
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 12, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger expirations = new AtomicInteger();
    private final LeaseFence fence = new LeaseFence(
            "ns", VALIDITY, nanos::get, Clock.fixed(NOW.toInstant(), ZoneOffset.UTC), expirations::incrementAndGet);
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private volatile int leaseAnswer = 200;
    private volatile Duration leaseTakes = Duration.ZERO;
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void connect() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withNamespace("ns")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("fence", fence))
                .build();
    }

    @AfterEach
    void disconnect() {
        client.close();
        server.stop(0);
    }

    @Test
    void standbyReadsAndAsksAndRacesForTheLeaseButWritesNothing() {
        assertThatCode(() -> client.configMaps().withName("c").get()).doesNotThrowAnyException();
        assertThatCode(() -> client.resource(new SelfSubjectRulesReview()).create())
                .doesNotThrowAnyException();
        assertThatCode(this::writeLease).doesNotThrowAnyException();
        arrived.clear();
        assertRefused("does not lead");
        assertThat(arrived).isEmpty();
        assertThat(expirations).hasValue(0);
    }

    @Test
    void leaderWritesUntilItsLeaseHasRunOut() {
        lead();
        pass(VALIDITY);
        write();
        pass(Duration.ofNanos(1));
        arrived.clear();
        assertRefused("run out");
        assertThat(arrived).isEmpty();
        assertThat(expirations).hasValue(1);
    }

    @Test
    void renewalCountsFromWhenItWasSent() {
        lead();
        pass(Duration.ofSeconds(6));
        leaseTakes = Duration.ofSeconds(3);
        writeLease();
        pass(Duration.ofSeconds(7));
        // The client may return a moment before the fence is told of the answer.
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(this::write);
        pass(Duration.ofNanos(1));
        assertRefused("run out");
    }

    /** It was sent again by the client, or the lease was read for long before it was written. */
    @Test
    void renewalCountsFromTheTimeThatItTells() {
        lead();
        pass(Duration.ofSeconds(9));
        writeLease(NOW.minusSeconds(8));
        pass(Duration.ofSeconds(2));
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(this::write);
        pass(Duration.ofNanos(1));
        assertRefused("run out");
    }

    @Test
    void renewalThatTellsATimeToComeCountsFromNow() {
        writeLease(NOW.plusSeconds(8));
        fence.open();
        pass(VALIDITY);
        write();
        pass(Duration.ofNanos(1));
        assertRefused("run out");
    }

    @Test
    void renewalThatFailsExtendsNothing() {
        lead();
        pass(Duration.ofSeconds(6));
        leaseAnswer = 409;
        assertThatThrownBy(() -> writeLease(NOW.plusSeconds(6))).isInstanceOf(KubernetesClientException.class);
        pass(Duration.ofSeconds(5));
        assertRefused("run out");
    }

    /** A thread of the client may be held up between an answer and the fence that is to be told of it. */
    @Test
    void answerThatIsToldLateExtendsNothingByTheWriteThatCameAfterIt() {
        var answered = renewal(NOW);
        fence.before(null, answered, null);
        fence.open();
        pass(Duration.ofSeconds(6));
        fence.before(null, renewal(NOW.plusSeconds(6)), null);
        fence.after(answered, new WebSocketUpgradeResponse(answered, 200), null);
        pass(Duration.ofSeconds(5));
        assertRefused("run out");
    }

    @Test
    void expiryIsFoundWithoutAWrite() {
        fence.check();
        lead();
        pass(VALIDITY);
        fence.check();
        assertThat(expirations).hasValue(0);
        pass(Duration.ofNanos(1));
        fence.check();
        assertThat(expirations).hasValue(1);
    }

    @Test
    void closedFenceLetsOnlyTheLeaseGo() {
        lead();
        fence.close();
        assertRefused("does not lead");
        assertThatCode(this::writeLease).doesNotThrowAnyException();
        assertRefused("does not lead");
        assertThat(expirations).hasValue(0);
    }

    @Test
    void leaseThatWasGotWithoutTheFenceDoesNotOpenIt() {
        assertThatIllegalStateException().isThrownBy(fence::open).withMessageContaining("do not pass the fence");
    }

    private void lead() {
        writeLease();
        fence.open();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void assertRefused(String why) {
        assertThatThrownBy(this::write)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(why);
    }

    private void write() {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("c")
                        .endMetadata()
                        .build())
                .create();
    }

    private void writeLease() {
        writeLease(NOW);
    }

    private void writeLease(ZonedDateTime renewed) {
        client.resource(lease(renewed)).create();
    }

    private static Lease lease(ZonedDateTime renewed) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName("l")
                .endMetadata()
                .withNewSpec()
                .withRenewTime(renewed)
                .endSpec()
                .build();
    }

    private static HttpRequest renewal(ZonedDateTime renewed) {
        return new StandardHttpRequest.Builder()
                .uri("http://api/apis/coordination.k8s.io/v1/namespaces/ns/leases/l")
                .method("PUT", "application/json", Serialization.asJson(lease(renewed)))
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            arrived.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            var lease = exchange.getRequestURI().getPath().contains("/leases");
            if (lease) {
                pass(leaseTakes);
            }
            var body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(lease ? leaseAnswer : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
