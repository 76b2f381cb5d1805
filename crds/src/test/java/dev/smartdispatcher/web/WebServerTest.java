package dev.smartdispatcher.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WebServerTest {
    /** A kubelet's; it takes no answer within for none. */
    private static final Duration KUBELET_WAITS = Duration.ofSeconds(5);

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Answer LARGE = Answer.text(200, "x".repeat(16 << 20));

    private final List<Socket> clients = new ArrayList<>();
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        server = serve(new Exchanges("test"));
    }

    private static WebServer serve(Exchanges exchanges) throws IOException {
        return WebServer.start(
                0,
                Map.of(
                        "/good", query -> Answer.text(200, "ok"),
                        "/bad", query -> Answer.text(503, "no"),
                        "/large", query -> LARGE,
                        "/broken",
                                query -> {
                                    throw new IllegalStateException("broken");
                                }),
                exchanges);
    }

    @AfterEach
    void stop() throws IOException {
        for (var client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void servesItsPagesAndNothingElse() throws Exception {
        assertThat(get("/good").body()).isEqualTo("ok\n");
        assertThat(get("/good").statusCode()).isEqualTo(200);
        assertThat(get("/bad").statusCode()).isEqualTo(503);
        assertThat(get("/broken").statusCode()).isEqualTo(500);
        assertThat(get("/good/").statusCode()).isEqualTo(404);
        assertThat(get("/goodness").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void isAskedByGetAndHeadOnly() throws Exception {
        assertThat(ask("HEAD", "/good").statusCode()).isEqualTo(200);
        assertThat(ask("HEAD", "/good").body()).isEmpty();
        assertThat(ask("POST", "/good").statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"G", "GET /good HTTP/1.1\r\nHost: x\r\n", "POST /good HTTP/1.1\r\nContent-Length: 9\r\n\r\n"})
    void whoSendsHalfARequestHoldsUpNobody(String begun) throws Exception {
        for (int i = 0; i < 200; i++) {
            send(begun);
        }
        assertThat(get("/good").statusCode()).isEqualTo(200);
    }

    @Test
    void soDoesWhoDoesNotReadTheAnswer() throws Exception {
        for (int i = 0; i < 2 * Exchanges.THREADS; i++) {
            send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        assertThat(get("/good").statusCode()).isEqualTo(200);
    }

    @Test
    void halfARequestIsCutOffAfterATime() throws Exception {
        server.close();
        server = serve(new Exchanges("test", SHORT));
        var slow = send("G");
        slow.setSoTimeout((int) KUBELET_WAITS.toMillis());
        assertThat(slow.getInputStream().read()).isEqualTo(-1);
        assertThat(get("/good").statusCode()).isEqualTo(200);
    }

    @Test
    void anAnswerThatIsNotReadIsCutOffToo() throws Exception {
        server.close();
        server = serve(new Exchanges("test", SHORT));
        var slow = send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        await().until(() -> Thread.getAllStackTraces().entrySet().stream()
                .noneMatch(thread -> thread.getKey().getName().equals("test")
                        && List.of(thread.getValue()).toString().contains("WebServer.answer")));
        assertThat(slow.getInputStream().readAllBytes().length)
                .isLessThan(LARGE.body().length());
    }

    @Test
    void idleConnectionsAreFewAndDoNotLast() throws Exception {
        for (int i = 0; i < WebServer.MOST_CONNECTIONS - 1; i++) {
            connect();
        }
        assertThat(get("/good").statusCode()).isEqualTo(200);
        for (int i = 0; i < WebServer.MOST_CONNECTIONS; i++) {
            connect();
        }
        await().until(() -> clients.stream().filter(WebServerTest::isOpen).count() <= WebServer.MOST_CONNECTIONS);
        await().atMost(Duration.ofSeconds(4 * WebServer.IDLE_SECONDS))
                .ignoreExceptions()
                .until(() -> get("/good").statusCode() == 200);
    }

    private static boolean isOpen(Socket client) {
        try {
            client.setSoTimeout(1);
            return client.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), server.port());
        clients.add(client);
        return client;
    }

    private Socket send(String text) throws IOException {
        var client = connect();
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return ask("GET", path);
    }

    /** On a connection of its own. */
    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.noBody())
                .timeout(KUBELET_WAITS)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
