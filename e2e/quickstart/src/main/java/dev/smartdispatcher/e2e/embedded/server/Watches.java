package dev.smartdispatcher.e2e.embedded.server;

import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** The watches that are open. Thread-safe. */
public final class Watches implements AutoCloseable {
    private static final Runnable NOTHING = () -> {};

    private final ApiServer api;
    private final Set<WatchSocket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService senders = Executors.newCachedThreadPool(new DaemonThreads("embedded-watch"));

    public Watches(ApiServer api) {
        this.api = api;
    }

    /**
     * Begins the watch that {@code request} asks for.
     *
     * @throws ApiException if it cannot be; a version that is too old is told over the watch, as a real server does
     */
    WebSocketListener open(ApiRequest request) {
        var subscription = new AtomicReference<>(NOTHING);
        var self = new AtomicReference<WatchSocket>();
        var socket = new WatchSocket(senders, () -> {
            subscription.get().run();
            open.remove(self.get());
        });
        self.set(socket);
        open.add(socket);
        try {
            subscription.set(api.watch(request, socket::offer));
        } catch (ApiException e) {
            if (e.code() != 410) {
                open.remove(socket);
                throw e;
            }
            socket.fail(e.status());
        }
        return socket;
    }

    /** Breaks all watches: their clients have to come back. */
    public void dropAll() {
        open.forEach(WatchSocket::drop);
    }

    public int count() {
        return open.size();
    }

    @Override
    public void close() {
        dropAll();
        senders.shutdown();
    }
}
