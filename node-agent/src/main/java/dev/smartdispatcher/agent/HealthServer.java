package dev.smartdispatcher.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.smartdispatcher.agent.publish.Pulse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code /livez} and {@code /readyz} for the kubelet: 200 with {@code ok}, or 503 with why not. */
final class HealthServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;

    /** Serves at once, on all addresses. Port 0 takes a free one. */
    HealthServer(int port, Pulse pulse) throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        serve("/livez", pulse::isAlive, () -> "the agent has not looked at its machine for minutes");
        serve("/readyz", pulse::isReady, pulse::whyNotReady);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(String path, BooleanSupplier good, Supplier<String> complaint) {
        server.createContext(path, exchange -> answer(exchange, good.getAsBoolean() ? OK : UNAVAILABLE, complaint));
    }

    private static void answer(HttpExchange exchange, int status, Supplier<String> complaint) throws IOException {
        byte[] body = ((status == OK ? "ok" : complaint.get()) + "\n").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
