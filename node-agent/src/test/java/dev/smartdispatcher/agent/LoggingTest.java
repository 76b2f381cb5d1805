package dev.smartdispatcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LoggingTest {
    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void asTheProvidersContextHasIt() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @Test
    void textIsALineForPeopleToRead() {
        Logging.configure(context, Map.of());
        assertThat(logged()).matches("\\S+Z INFO  NodeAgent: Facts published node=n1\\R");
    }

    @Test
    void jsonIsOneObjectALine() throws Exception {
        Logging.configure(context, Map.of("LOG_FORMAT", "json"));
        var line = new JsonMapper().readTree(logged());
        assertThat(line.path("level").textValue()).isEqualTo("INFO");
        assertThat(line.path("formattedMessage").textValue()).isEqualTo("Facts published");
        assertThat(line.at("/kvpList/0/node").textValue()).isEqualTo("n1");
    }

    @Test
    void theLevelIsInfoUnlessALevelIsGiven() {
        Logging.configure(context, Map.of("LOG_LEVEL", "warn"));
        assertThat(context.getLogger("a").getEffectiveLevel()).isEqualTo(Level.WARN);
        Logging.configure(context, Map.of("LOG_LEVEL", "loud"));
        assertThat(context.getLogger("a").getEffectiveLevel()).isEqualTo(Level.INFO);
        Logging.configure(context, Map.of());
        assertThat(context.getLogger("a").getEffectiveLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void theLogIsStandardError() {
        Logging.configure(context, Map.of());
        assertThat(console().getTarget()).isEqualTo("System.err");
        assertThat(console().isStarted()).isTrue();
    }

    private String logged() {
        var event = new LoggingEvent("", context.getLogger(NodeAgent.class), Level.INFO, "Facts published", null, null);
        event.addKeyValuePair(new KeyValuePair("node", "n1"));
        return new String(console().getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private ConsoleAppender<ILoggingEvent> console() {
        return (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("console");
    }
}
