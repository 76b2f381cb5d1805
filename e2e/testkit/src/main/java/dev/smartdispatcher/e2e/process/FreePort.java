package dev.smartdispatcher.e2e.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface for servers that have to be told theirs. */
public final class FreePort {
    private static final int FIRST = 20_000;
    /** From here on Linux takes ports for outgoing connections ({@code ip_local_port_range}): any of them may go next. */
    private static final int END = 32_768;

    private static final int TRIALS = 100;

    private FreePort() {}

    /**
     * One that was free a moment ago: where another process takes it in between, the server says so.
     *
     * @throws IOException if none was free
     */
    public static int find() throws IOException {
        IOException last = null;
        for (int trial = 0; trial < TRIALS; trial++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }
}
