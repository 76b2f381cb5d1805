package dev.smartdispatcher.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code /livez}, {@code /readyz} and {@code /metrics} over plain HTTP, for the kubelet and Prometheus. */
final class HealthServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;

    /**
     * Listens at once; port 0 is any free one.
     *
     * @param problems why the operator is not ready, one line each; empty: it is
     */
    HealthServer(int port, Supplier<List<String>> problems, PrometheusMeterRegistry registry) throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/livez", exchange -> answer(exchange, 200, TEXT, () -> "ok\n"));
        server.createContext("/readyz", exchange -> {
            var lines = problems.get();
            var text = lines.isEmpty() ? "ok" : String.join("\n", lines);
            answer(exchange, lines.isEmpty() ? 200 : 503, TEXT, () -> text + "\n");
        });
        server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, registry::scrape));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int code, String type, Supplier<String> body) throws IOException {
        try (exchange) {
            var bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
