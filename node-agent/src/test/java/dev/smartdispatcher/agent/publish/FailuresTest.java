package dev.smartdispatcher.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.smartdispatcher.api.worker.facts.Problem;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What administrators read of failures and problems. */
class FailuresTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.smartdispatcher.agent.publish");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Failures failures = new Failures(new BackOff(() -> Long.MIN_VALUE));

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void eachFailureIsToldWithItsNumberAndTheWait() {
        failures.add(new ApiException("Refused.", null));
        failures.add(new ApiException("Refused.", null));
        assertThat(log.list).hasSize(2).allMatch(e -> e.getLevel() == Level.WARN);
        assertThat(log.list.get(1).getKeyValuePairs())
                .extracting(Object::toString)
                .containsExactly("failures=\"2\"", "retryIn=\"PT2S\"");
    }

    @Test
    void aMissingKindIsToldOnceUntilItWasThere() {
        failures.add(new ApiException("Refused.", null));
        failures.add(ApiException.kindMissing(null));
        failures.add(ApiException.kindMissing(null));
        assertThat(errors()).singleElement().asString().contains("install its CRD");
        failures.clear();
        failures.add(ApiException.kindMissing(null));
        assertThat(errors()).hasSize(2);
    }

    @Test
    void problemsAreToldWhenTheyComeAndWhenTheyGo() {
        ProblemLog problems = new ProblemLog();
        List<Problem> kvm = List.of(new Problem("kvm", "Busy."));
        problems.log(kvm);
        problems.log(kvm);
        problems.log(List.of());
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Fact left out: Busy.", "Problem gone: Busy.");
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(e -> e.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
