package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.smartdispatcher.e2e.embedded.store.WatchEvent;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * One watch over a WebSocket. Events are queued in the order they come, also before the socket is open, and sent in that
 * order by one thread at a time of a shared pool, so that a client which reads slowly holds up nobody else.
 */
final class WatchSocket extends WebSocketListener {
    private final Executor senders;
    private final Runnable onEnd;
    private final Queue<String> frames = new ArrayDeque<>();
    private WebSocket socket;
    private boolean sending;
    private boolean ended;
    private boolean dropped;
    private boolean last;

    /** @param onEnd run when the client has gone, perhaps more than once */
    WatchSocket(Executor senders, Runnable onEnd) {
        this.senders = senders;
        this.onEnd = onEnd;
    }

    /** Queues an event. Does not block. */
    void offer(WatchEvent event) {
        offer(event.type().name(), event.object());
    }

    /** Queues an {@code ERROR} event, after which the watch is closed. */
    void fail(JsonNode status) {
        synchronized (this) {
            last = true;
        }
        offer("ERROR", status);
    }

    /** Breaks the connection, as a server that goes down does; one that is about to be open is broken then. */
    void drop() {
        end();
        WebSocket open;
        synchronized (this) {
            dropped = true;
            open = socket;
        }
        if (open != null) {
            goAway(open);
        }
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        boolean late;
        synchronized (this) {
            socket = webSocket;
            late = dropped;
        }
        if (late) {
            goAway(webSocket);
        } else {
            send();
        }
    }

    private static void goAway(WebSocket socket) {
        socket.close(1001, "going away");
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        end();
        webSocket.close(code, reason);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        end();
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable error, Response response) {
        end();
    }

    private void offer(String type, JsonNode object) {
        var frame = JsonNodeFactory.instance.objectNode().put("type", type);
        frame.set("object", object);
        synchronized (this) {
            if (ended) {
                return;
            }
            frames.add(frame.toString());
        }
        send();
    }

    private void end() {
        synchronized (this) {
            ended = true;
            frames.clear();
        }
        onEnd.run();
    }

    private void send() {
        synchronized (this) {
            if (sending || socket == null || frames.isEmpty()) {
                return;
            }
            sending = true;
        }
        senders.execute(this::sendQueued);
    }

    private void sendQueued() {
        for (String frame = next(); frame != null; frame = next()) {
            socket.send(frame);
        }
        synchronized (this) {
            if (last && !ended) {
                socket.close(1000, "");
            }
        }
    }

    private synchronized String next() {
        var frame = frames.poll();
        if (frame == null) {
            sending = false;
        }
        return frame;
    }
}
