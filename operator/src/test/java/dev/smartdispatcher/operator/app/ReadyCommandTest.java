package dev.smartdispatcher.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.web.Health;
import dev.smartdispatcher.web.WebServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the chart's test asks, against the operator's own endpoints. */
class ReadyCommandTest {
    private final StringWriter said = new StringWriter();

    @Test
    void asksUntilTheOperatorIsReady() throws IOException {
        var asked = new AtomicInteger();
        assertThat(ask(() -> asked.incrementAndGet() == 3 ? List.of() : List.of("starting"), "60"))
                .isZero();
        assertThat(asked).hasValue(3);
        assertThat(said.toString()).endsWith("/readyz: ready\n");
    }

    @Test
    void saysWhyItIsNot() throws IOException {
        assertThat(ask(() -> List.of("missing right: list nodes"), "0")).isOne();
        assertThat(said.toString()).endsWith("/readyz: 503 missing right: list nodes\n");
    }

    @Test
    void nobodyListeningIsNotReady() throws IOException {
        int port;
        try (var ended = WebServer.start("health", 0, Health.pages(List::of, List::of))) {
            port = ended.port();
        }
        assertThat(run(port, "0")).isOne();
        assertThat(said.toString()).contains("ConnectException");
    }

    private int ask(Supplier<List<String>> obstacles, String seconds) throws IOException {
        try (var server = WebServer.start("health", 0, Health.pages(List::of, obstacles))) {
            return run(server.port(), seconds);
        }
    }

    private int run(int port, String seconds) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(said, true))
                .execute("ready", "http://127.0.0.1:" + port + "/readyz", "--seconds=" + seconds);
    }
}
