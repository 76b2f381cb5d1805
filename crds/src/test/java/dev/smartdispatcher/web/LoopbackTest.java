package dev.smartdispatcher.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is served on loopback is for programs of this machine, not for web pages that a browser on it shows. */
@Timeout(60)
class LoopbackTest {
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        Page page = query -> Answer.text(200, "limit " + query.number("limit", 7, 1, 9));
        server = WebServer.startOnLoopback("test", 0, Map.of("/page", page));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9000", "127.0.0.1", "127.0.0.1:8084", "[::1]:8084"})
    void whoNamesThisMachineIsAnswered(String host) throws IOException {
        assertThat(ask("Host: " + host + "\r\n")).startsWith("HTTP/1.1 200").endsWith("limit 7\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evil.example:8084",
                "127.0.0.1.evil.example",
                "x@localhost"
            })
    void anotherNameIsRefused(String host) throws IOException {
        assertThat(ask("Host: " + host + "\r\n")).startsWith("HTTP/1.1 403").doesNotContain("limit");
    }

    @Test
    void soIsARequestWithoutAName() throws IOException {
        assertThat(ask("")).startsWith("HTTP/1.1 403").doesNotContain("limit");
    }

    @Test
    void anotherAddressOfThisMachineIsNotServed() {
        assertThatIOException().isThrownBy(() -> new Socket(InetAddress.getByName("127.0.0.2"), server.port()).close());
    }

    @ParameterizedTest
    @CsvSource({
        "limit=3, 200, limit 3",
        "limit=0, 400, parameter limit must be a whole number from 1 to 9",
        "limit=many, 400, parameter limit must be a whole number from 1 to 9",
        "limit, 400, parameter limit must be a whole number from 1 to 9",
    })
    void parametersAreChecked(String query, int status, String body) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + server.port() + "/page?" + query);
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body + "\n");
    }

    private String ask(String header) throws IOException {
        try (var client = new Socket(InetAddress.getByName("127.0.0.1"), server.port())) {
            client.getOutputStream()
                    .write(("GET /page HTTP/1.1\r\n" + header + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
