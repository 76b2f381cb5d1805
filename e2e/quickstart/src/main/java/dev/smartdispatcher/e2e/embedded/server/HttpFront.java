package dev.smartdispatcher.e2e.embedded.server;

import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The API on a port of the loopback interface: plain HTTP and WebSockets, by Fabric8's mock web server. */
public final class HttpFront implements AutoCloseable {
    /** Kept here, since the logging framework holds loggers, and so their levels, by weak references only. */
    private static final Logger CHATTY = Logger.getLogger(MockWebServer.class.getName());

    private final MockWebServer server = new MockWebServer();

    /** @param port 0 for any that is free */
    public HttpFront(ApiServer api, Faults faults, Watches watches, int port) {
        CHATTY.setLevel(Level.WARNING);
        server.setDispatcher(new Forgetful(new ApiDispatcher(api, faults, watches)));
        server.start(InetAddress.getLoopbackAddress(), port);
    }

    /** As {@code http://127.0.0.1:43210}. */
    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /** Takes each request out of the queue in which the mock web server keeps all of them for tests that would ask. */
    private final class Forgetful extends Dispatcher {
        private final Dispatcher dispatcher;

        Forgetful(Dispatcher dispatcher) {
            this.dispatcher = dispatcher;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            try {
                server.takeRequest(0, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return dispatcher.dispatch(request);
        }

        @Override
        public void shutdown() {
            dispatcher.shutdown();
        }
    }
}
