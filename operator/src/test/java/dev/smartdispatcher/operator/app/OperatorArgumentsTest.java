package dev.smartdispatcher.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the operator says of options with which it cannot run, before it looks for a cluster. */
class OperatorArgumentsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --threads=0            | --threads must be 1 to 256, not 0
            --writers=257          | --writers must be 1 to 256, not 257
            --lease-seconds=2      | --lease-seconds must be 3 to 600, not 2
            --linger-millis=-1     | --linger-millis must be 0 to 60000, not -1
            --health-port=65536    | --health-port must be 0 to 65535, not 65536
            --metrics-port=-1      | --metrics-port must be 0 to 65535, not -1
            --debug-port=65536     | --debug-port must be 0 to 65535, not 65536
            --check-seconds=0      | --check-seconds must be 1 to 3600, not 0
            --threads=many         | Invalid value for option '--threads': 'many' is not an int
            """)
    void outOfBoundsIsRefused(String option, String complaint) {
        var said = new StringWriter();
        var status = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> new CommandLine(new Main())
                .setErr(new PrintWriter(said, true))
                .execute(option));
        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(said.toString()).startsWith(complaint);
    }

    @Test
    void theStandardOptionsAreTheDefaultsOfTheCommandLine() throws Exception {
        var arguments = CommandLine.populateCommand(new OperatorArguments(), "--no-leader-election");
        assertThat(arguments.options(Optional.empty())).isEqualTo(OperatorOptions.STANDARD);
    }
}
