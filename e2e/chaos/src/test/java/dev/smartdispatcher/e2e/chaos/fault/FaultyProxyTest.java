package dev.smartdispatcher.e2e.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server sees, and what a client that speaks HTTP/2 to it sees, of disturbed requests. */
class FaultyProxyTest {
    private static final String PASSWORD = "changeit";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReference<RequestFault> next = new AtomicReference<>(RequestFault.NONE);
    private HttpServer server;
    private FaultyProxy proxy;
    private HttpClient client;

    /** Says what it is told to. */
    private final class LoadedDice extends FaultDice {
        LoadedDice() {
            super(1);
        }

        @Override
        synchronized RequestFault ofWrite() {
            return next.get();
        }

        @Override
        synchronized RequestFault ofWatch() {
            return next.get();
        }

        @Override
        synchronized long millis(RequestFault fault) {
            return 100;
        }
    }

    @BeforeEach
    void open() throws Exception {
        var store = directory.resolve("store.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var key = pem("PRIVATE KEY", keys.getKey("a", PASSWORD.toCharArray()).getEncoded());
        var certificate = pem("CERTIFICATE", keys.getCertificate("a").getEncoded());
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(certificate.toString())
                                .setKeyPath(key.toString())))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    arrived.incrementAndGet();
                    request.response()
                            .putHeader("x-version", request.version().name())
                            .end("got " + body);
                }))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        proxy = new FaultyProxy(vertx, server.actualPort(), certificate, key, new LoadedDice());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        trust.init(trusted);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        client = HttpClient.newBuilder().sslContext(tls).build();
    }

    @AfterEach
    void close() {
        proxy.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatIsNotDisturbedPassesInHttp2() throws Exception {
        var answer = post();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("got x");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().firstValue("x-version")).contains("HTTP_2");
    }

    @Test
    void eachFaultIsWhatItsNameSays() throws Exception {
        next.set(RequestFault.DROPPED);
        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
        next.set(RequestFault.REFUSED);
        assertThat(post().statusCode()).isGreaterThanOrEqualTo(429);
        assertThat(arrived).hasValue(0);
        next.set(RequestFault.UNANSWERED);
        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
        assertThat(arrived).hasValue(1);
        next.set(RequestFault.ERROR_AFTER);
        assertThat(post().statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(arrived).hasValue(2);
        next.set(RequestFault.DOUBLED);
        assertThat(post().body()).isEqualTo("got x");
        await().atMost(PATIENCE).until(() -> arrived.get() == 4);
        next.set(RequestFault.LATE);
        assertThat(post().body()).isEqualTo("got x");
        assertThat(proxy.counts()).containsEntry(RequestFault.LATE, 1L).containsEntry(RequestFault.DROPPED, 1L);
    }

    @Test
    void silentLinkPassesNothingAndBreaksWhenItIsOpenedAgain() throws Exception {
        post();
        proxy.link(Link.SILENT);
        var request = client.sendAsync(request("/api"), BodyHandlers.ofString());
        await().atMost(PATIENCE).until(() -> proxy.counts().get(RequestFault.DROPPED) == 1);
        assertThat(arrived).hasValue(1);
        proxy.link(Link.OPEN);
        assertThatThrownBy(request::join).hasCauseInstanceOf(IOException.class);
        assertThat(post().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post() throws IOException, InterruptedException {
        return client.send(request("/api"), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(proxy.url() + path))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString("x"))
                .build();
    }

    private Path pem(String type, byte[] content) throws IOException {
        return Files.writeString(
                directory.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                        + "\n-----END " + type + "-----\n");
    }
}
