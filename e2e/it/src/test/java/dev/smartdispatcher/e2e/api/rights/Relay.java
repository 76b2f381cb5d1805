package dev.smartdispatcher.e2e.api.rights;

import dev.smartdispatcher.e2e.process.FreePort;
import dev.smartdispatcher.threads.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A port that refuses connections until it is opened, and from then on leads to another port of this machine. */
final class Relay implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<AutoCloseable> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("relay"));

    Relay(int target) throws IOException {
        this.target = target;
        port = FreePort.find();
    }

    int port() {
        return port;
    }

    void open() throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        sockets.add(server);
        threads.execute(() -> {
            while (!server.isClosed()) {
                accept(server);
            }
        });
    }

    private void accept(ServerSocket server) {
        try {
            var near = server.accept();
            var far = new Socket(InetAddress.getLoopbackAddress(), target);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            sockets.add(near);
            sockets.add(far);
            threads.execute(() -> copy(near, far));
            threads.execute(() -> copy(far, near));
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One end has gone, and so goes the other.
        }
    }

    @Override
    public void close() throws Exception {
        for (var socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
