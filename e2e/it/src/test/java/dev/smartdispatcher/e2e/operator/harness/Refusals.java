package dev.smartdispatcher.e2e.operator.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers requests that are not to reach the API server, each as is asked for: an address for each answer. To be closed. */
final class Refusals implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<String, ApiException> awaited = new ConcurrentHashMap<>();

    private Refusals(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    static Refusals start() {
        try {
            return new Refusals(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("no port to refuse requests at", e);
        }
    }

    /** Where the next request gets this answer. */
    URI address(ApiException refusal) {
        var path = "/" + last.incrementAndGet();
        awaited.put(path, refusal);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var refusal = awaited.remove(exchange.getRequestURI().getPath());
            var body = refusal.status().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(refusal.code(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
