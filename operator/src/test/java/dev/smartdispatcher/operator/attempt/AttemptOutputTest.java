package dev.smartdispatcher.operator.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a report says of what is left, and what whoever writes it may put there. */
class AttemptOutputTest {
    @Test
    void theEndOfTheOutputOfACommandThatFailed() {
        assertThat(output("{'exitCode':2,'lastLines':'a\\nb\\t\u00fc \u20ac','logKept':true}"))
                .isEqualTo(new AttemptOutput(true, java.util.Optional.of("a\nb\t\u00fc \u20ac")));
    }

    @Test
    void nothingOfOneThatSucceeded() {
        assertThat(output("{'exitCode':0,'lastLines':'done','results':'none'}")).isEqualTo(AttemptOutput.NOTHING);
    }

    @Test
    void resultsAloneAreKeptToo() {
        assertThat(output("{'exitCode':0,'results':'copied'}").inClaim()).isTrue();
        assertThat(output("{'exitCode':1,'results':'kept'}").inClaim()).isTrue();
        assertThat(output("{'exitCode':122,'results':'failed'}").inClaim()).isFalse();
    }

    @Test
    void onlyTextThatEveryReaderTakes() {
        assertThat(output("{'exitCode':1,'lastLines':'a\\u0000\\u001b[1m\\ud800 b\\r\\n'}")
                        .lastLines())
                .contains("a[1m? b");
    }

    /** A number beyond what a status may hold would have the status refused, each time. */
    @Test
    void amountsThatCannotBeAreUnknown() {
        var usage = TerminationMessage.parse(
                        json("{'exitCode':1,'memoryPeakBytes':9000000000000000000,'diskPeakBytes':-1,"
                                + "'cpuSeconds':9000000000000000000,'memoryBoundBytes':4096}"))
                .orElseThrow()
                .usage(0);
        assertThat(usage.memoryPeak()).isNull();
        assertThat(usage.diskPeak()).isNull();
        assertThat(usage.cpuSeconds()).isNull();
        assertThat(usage.memoryBound()).isNotNull();
    }

    private static AttemptOutput output(String json) {
        return AttemptOutput.of(TerminationMessage.parse(json(json)).orElseThrow());
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
