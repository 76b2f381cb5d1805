package dev.smartdispatcher.agent;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's log, on standard error. In code, since the classes that read logback's XML files cost an agent 4 MiB that it never
 * gives back.
 */
final class Logging {
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0}: %msg %kvp{NONE}%n";

    /** It warns of every version that is not v1; ours is what it is. */
    private static final String VERSION_WARNINGS = "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils";

    private Logging() {}

    /**
     * Before the first message. A file that {@code -Dlogback.configurationFile} names takes precedence.
     *
     * @param environment LOG_FORMAT and LOG_LEVEL of it; a level that there is not is INFO
     */
    static void configure(Map<String, String> environment) {
        if (System.getProperty("logback.configurationFile") == null) {
            configure((LoggerContext) LoggerFactory.getILoggerFactory(), environment);
        }
    }

    static void configure(LoggerContext context, Map<String, String> environment) {
        context.reset();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName("console");
        console.setTarget("System.err");
        console.setEncoder("json".equals(environment.get("LOG_FORMAT")) ? json(context) : text(context));
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(environment.get("LOG_LEVEL"), Level.INFO));
        root.addAppender(console);
        context.getLogger(VERSION_WARNINGS).setLevel(Level.ERROR);
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }
}
