package dev.smartdispatcher.e2e.chaos.fault;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between one process and the API server, speaks HTTP/2 over TLS to both, and disturbs some of the requests. It shows the
 * API server's own certificate, so that a client that trusts that trusts the proxy. To be closed.
 */
public final class FaultyProxy implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final int MOST_STREAMS = 2000;
    private static final int UPSTREAM_CONNECTIONS = 8;

    private final Vertx vertx;
    private final HttpServer server;
    private final HttpClient client;
    private final FaultDice dice;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<RequestFault, AtomicLong> counts = new EnumMap<>(RequestFault.class);
    private volatile Link link = Link.OPEN;

    /**
     * Listens on a free port of loopback.
     *
     * @param upstream port of the API server
     * @param certificate of the API server, PEM
     * @param key of that certificate, PEM
     */
    public FaultyProxy(Vertx vertx, int upstream, Path certificate, Path key, long seed) {
        this(vertx, upstream, certificate, key, new FaultDice(seed));
    }

    FaultyProxy(Vertx vertx, int upstream, Path certificate, Path key, FaultDice dice) {
        this.vertx = vertx;
        this.dice = dice;
        for (var fault : RequestFault.values()) {
            counts.put(fault, new AtomicLong());
        }
        client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2MaxPoolSize(UPSTREAM_CONNECTIONS)
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(upstream));
        var options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setHost("127.0.0.1")
                .setPort(0)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(certificate.toString())
                        .setKeyPath(key.toString()));
        options.getInitialSettings().setMaxConcurrentStreams(MOST_STREAMS);
        server = vertx.createHttpServer(options)
                .connectionHandler(this::connected)
                .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)));
        await(server.listen().toCompletionStage().toCompletableFuture());
    }

    public String url() {
        return "https://127.0.0.1:" + server.actualPort();
    }

    /** From now on this part of the writes is disturbed, and of the rest accordingly. */
    public void share(double share) {
        dice.share(share);
    }

    /** Opens or closes the connection. What was lost meanwhile stays lost. */
    public void link(Link newLink) {
        var old = link;
        link = newLink;
        if (newLink == Link.REFUSING || old == Link.SILENT) {
            connections.forEach(HttpConnection::close);
        }
    }

    /** How many requests were disturbed so far, by how. */
    public Map<RequestFault, Long> counts() {
        var numbers = new EnumMap<RequestFault, Long>(RequestFault.class);
        counts.forEach((fault, count) -> numbers.put(fault, count.get()));
        return numbers;
    }

    private void connected(HttpConnection connection) {
        if (link == Link.REFUSING) {
            connection.close();
            return;
        }
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    private void handle(HttpServerRequest request, Buffer body) {
        if (link != Link.OPEN) {
            counts.get(RequestFault.DROPPED).incrementAndGet();
            return;
        }
        var message = Message.of(request, body);
        var fault = message.isWatch() ? dice.ofWatch() : message.isRead() ? dice.ofRead() : dice.ofWrite();
        counts.get(fault).incrementAndGet();
        switch (fault) {
            case DROPPED -> request.response().reset();
            case REFUSED -> refuse(request, dice.status(fault));
            case OVERTAKEN, LATE -> vertx.setTimer(dice.millis(fault), timer -> pass(request, message));
            case UNANSWERED -> message.send(client).onComplete(answer -> reset(request));
            case ERROR_AFTER -> message.send(client).onComplete(answer -> refuse(request, dice.status(fault)));
            case DOUBLED -> {
                pass(request, message);
                message.send(client);
            }
            case LAGGING, CUT -> watch(request, message, fault);
            case NONE -> pass(request, message);
        }
    }

    private void pass(HttpServerRequest request, Message message) {
        message.send(client)
                .onSuccess(answer -> Answers.pass(request, answer, () -> link == Link.OPEN))
                .onFailure(e -> reset(request));
    }

    private void watch(HttpServerRequest request, Message message, RequestFault fault) {
        long millis = dice.millis(fault);
        message.send(client)
                .onSuccess(answer -> {
                    if (fault == RequestFault.LAGGING) {
                        Answers.lag(vertx, request, answer, millis, () -> link == Link.OPEN);
                    } else {
                        vertx.setTimer(millis, timer -> cut(request, answer));
                        Answers.pass(request, answer, () -> link == Link.OPEN);
                    }
                })
                .onFailure(e -> reset(request));
    }

    private void cut(HttpServerRequest request, HttpClientResponse answer) {
        answer.request().reset();
        reset(request);
    }

    private static void refuse(HttpServerRequest request, int status) {
        Answers.refuse(request, status);
    }

    private static void reset(HttpServerRequest request) {
        if (!request.response().ended()) {
            request.response().reset();
        }
    }

    private static <T> T await(java.util.concurrent.CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the proxy does not listen", e);
        }
    }

    @Override
    public void close() {
        await(server.close().toCompletionStage().toCompletableFuture());
        await(client.close().toCompletionStage().toCompletableFuture());
    }
}
