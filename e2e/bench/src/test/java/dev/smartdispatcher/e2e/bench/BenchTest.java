package dev.smartdispatcher.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user reads who asked for something that is not there. */
class BenchTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing        | error: there is no benchmark 'nothing'. There are: advise, api, cluster, dispatch, memory, packages, profiles, simulate
            ''             | error: which benchmark? There are: advise, api, cluster, dispatch, memory, packages, profiles, simulate
            api --jobs=ten | error: Invalid value for option '--jobs': 'ten' is not an int
            api --jobs=0   | error: --jobs must be at least 1
            """)
    void oneLineSaysWhatIsWrong(String arguments, String line) {
        var said = new StringWriter();
        int code = Bench.commandLine().setErr(new PrintWriter(said)).execute(arguments.split(" "));
        assertThat(said.toString().strip()).isEqualTo(line);
        assertThat(code).isNotZero();
    }
}
