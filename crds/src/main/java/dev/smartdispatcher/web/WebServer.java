package dev.smartdispatcher.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of a few pages over plain HTTP/1.1, that of the JDK with the bounds that it lacks. Each request has a thread, from
 * its first byte until its answer is sent, for a bounded time (see {@link Exchanges}); connections beyond
 * {@value #MOST_CONNECTIONS} are closed at once, and those on which nothing comes after {@value #IDLE_SECONDS} s. So whoever
 * sends one byte, or nothing, or does not read, keeps nobody else waiting for longer than
 * {@value #MOST_CONNECTIONS} / {@value Exchanges#THREADS} times {@link Exchanges#CROWDED}, which is 2 s, and kubelets wait 5 s.
 */
public final class WebServer implements AutoCloseable {
    static final int MOST_CONNECTIONS = 256;
    static final int IDLE_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final Pattern LOCAL_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");
    /** Of {@link HttpExchange#sendResponseHeaders}: there is no body. */
    private static final int NO_BODY = -1;

    /** Read by the JDK when the first server of a process is made; there is no other way to set it. */
    private static final Map<String, String> SETTINGS = Map.of(
            "jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS),
            "sun.net.httpserver.idleInterval", Integer.toString(IDLE_SECONDS),
            // Between two looks for idle connections, in milliseconds.
            "sun.net.httpserver.clockTick", "1000",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "16384");

    static {
        // What an administrator has set stays.
        SETTINGS.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    }

    private final HttpServer server;
    private final Exchanges exchanges;

    private WebServer(HttpServer server, Exchanges exchanges) {
        this.server = server;
        this.exchanges = exchanges;
    }

    /**
     * Serves at once, on all addresses.
     *
     * @param name of its threads
     * @param port 0 is any free one
     * @param pages by their paths
     */
    public static WebServer start(String name, int port, Map<String, Page> pages) throws IOException {
        return start(port, pages, new Exchanges(name));
    }

    /**
     * Serves at once, on 127.0.0.1 only. A request must also name this machine in its Host header, or a web page could have a
     * browser on the machine read the answers under a name of its own that resolves to 127.0.0.1 (DNS rebinding).
     */
    public static WebServer startOnLoopback(String name, int port, Map<String, Page> pages) throws IOException {
        var loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        return start(new InetSocketAddress(loopback, port), WebServer::namesThisMachine, pages, new Exchanges(name));
    }

    static WebServer start(int port, Map<String, Page> pages, Exchanges exchanges) throws IOException {
        return start(new InetSocketAddress(port), host -> true, pages, exchanges);
    }

    private static WebServer start(
            InetSocketAddress address, Predicate<String> hosts, Map<String, Page> pages, Exchanges exchanges)
            throws IOException {
        var server = new WebServer(HttpServer.create(address, 0), exchanges);
        server.server.setExecutor(exchanges);
        server.server.createContext("/", exchange -> server.answer(exchange, hosts, pages));
        server.server.start();
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** @param host the Host header, of which the port is any: kubectl forwards from another one */
    private static boolean namesThisMachine(String host) {
        return host != null && LOCAL_HOST.matcher(host).matches();
    }

    private void answer(HttpExchange exchange, Predicate<String> hosts, Map<String, Page> pages) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var answer = hosts.test(exchange.getRequestHeaders().getFirst("Host"))
                    ? answer(exchange.getRequestMethod(), pages.get(uri.getPath()), uri.getRawQuery())
                    : Answer.text(Answer.FORBIDDEN, "the Host header must be localhost or 127.0.0.1");
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            if ("HEAD".equals(exchange.getRequestMethod())) {
                exchange.sendResponseHeaders(answer.status(), NO_BODY);
            } else {
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static Answer answer(String method, Page page, String query) {
        if (page == null) {
            return Answer.text(Answer.NOT_FOUND, "there is no such page");
        }
        if (!METHODS.contains(method)) {
            return Answer.text(Answer.METHOD_NOT_ALLOWED, "only GET and HEAD");
        }
        try {
            return page.answer(Query.of(query));
        } catch (Query.BadRequestException e) {
            return Answer.text(Answer.BAD_REQUEST, e.getMessage());
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a page cannot be made");
            return Answer.text(Answer.INTERNAL_ERROR, "the page cannot be made: see the log");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        exchanges.close();
    }
}
