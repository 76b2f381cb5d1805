package dev.smartdispatcher.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user reads who asked for what cannot be. */
class ChaosTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --jobs=ten             | error: Invalid value for option '--jobs': 'ten' is not an int
            --jobs=0               | error: --jobs must be at least 1
            --minutes=0            | error: --minutes must be more than 0 and at most 1440
            --faults=-1            | error: --faults must be at least 1
            --history=/no/history  | error: there is no history /no/history
            """)
    void oneLineSaysWhatIsWrong(String arguments, String line) {
        var said = new StringWriter();
        int code = Chaos.commandLine().setErr(new PrintWriter(said)).execute(arguments.split(" "));
        assertThat(said.toString().strip()).isEqualTo(line);
        assertThat(code).isNotZero();
    }
}
