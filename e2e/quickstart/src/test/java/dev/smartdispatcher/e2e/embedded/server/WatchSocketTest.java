package dev.smartdispatcher.e2e.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchSocketTest {
    private final Recording recording = new Recording();
    private final WatchSocket socket = new WatchSocket(Runnable::run, () -> {});

    @Test
    void oneThatIsOpenIsBroken() {
        socket.onOpen(recording, null);
        assertThat(recording.closed).isEmpty();
        socket.drop();
        assertThat(recording.closed).containsExactly(1001);
    }

    /** Its client would wait for ever for events that nobody sends. */
    @Test
    void oneThatIsBrokenBeforeItIsOpenIsSoThen() {
        socket.drop();
        socket.onOpen(recording, null);
        assertThat(recording.closed).containsExactly(1001);
    }

    private static final class Recording implements WebSocket {
        private final List<Integer> closed = new ArrayList<>();

        @Override
        public RecordedRequest request() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean send(String text) {
            return true;
        }

        @Override
        public boolean send(byte[] bytes) {
            return true;
        }

        @Override
        public boolean close(int code, String reason) {
            return closed.add(code);
        }
    }
}
