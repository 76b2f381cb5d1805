package dev.smartdispatcher.e2e.chart.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** The command line of each program says what its options are; the page and the chart follow. */
class OptionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> OF_LOGGING = Set.of("LOG_LEVEL", "LOG_FORMAT");
    /** Variables for which a pod needs another value than a program that somebody starts by hand. */
    private static final Set<String> OF_A_POD =
            Set.of("POD_NAMESPACE", "LEASE_NAME", "NODE_NAME", "AGENT_HOST_ROOT", "AGENT_STATE_DIR");

    @ParameterizedTest
    @EnumSource
    void thePageHasTheTableOfOptions(Program program) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            OptionsPage.update(program);
        }
        assertThat(OptionsPage.actual(program))
                .as("docs/options.md, " + program.title + ": -Dgolden.update=true writes it anew")
                .containsExactlyElementsOf(OptionsPage.expected(program));
    }

    @ParameterizedTest
    @EnumSource
    void theChartShipsTheDefaultsOfTheProgram(Program program) {
        var variables = program.variables();
        var compared = new ArrayList<String>();
        for (var option : program.options()) {
            var variable = option.variable().orElse("");
            if (variables.containsKey(variable) && !OF_A_POD.contains(variable)) {
                assertThat(variables.get(variable).path("value").asText())
                        .as(variable + ", which the chart sets for " + option.name())
                        .isEqualTo(option.standard().orElseThrow());
                compared.add(variable);
            }
        }
        assertThat(compared).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @EnumSource
    void theChartSetsOnlyVariablesThatTheProgramReads(Program program) throws IOException {
        var read = new ArrayList<String>();
        program.options().forEach(option -> option.variable().ifPresent(read::add));
        read.addAll(OF_LOGGING);
        assertThat(read).containsAll(program.variables().keySet());
    }

    @ParameterizedTest
    @EnumSource
    void theProgramRefusesWhatTheSchemaOfTheChartRefuses(Program program) throws IOException {
        var bounded = new ArrayList<String>();
        for (var option : program.options()) {
            var value = program.valueKey(option.variable().orElse(""));
            var schema = program.schema(value.orElse(""));
            if (schema.has("maximum")) {
                var least = schema.path("minimum").intValue();
                var most = schema.path("maximum").intValue();
                var bounds = least + " to " + most;
                assertThat(option.meaning()).as(option.name()).contains(bounds);
                assertThat(complaint(program, option.name() + "=" + (least - 1)))
                        .contains(bounds);
                assertThat(complaint(program, option.name() + "=" + (most + 1))).contains(bounds);
                bounded.add(option.name());
            }
        }
        assertThat(bounded).isNotEmpty();
    }

    /** What it says of an option with which it does not even start. */
    private static String complaint(Program program, String option) {
        var said = new StringWriter();
        var arguments = new ArrayList<>(program.required);
        arguments.add(option);
        var status = assertTimeoutPreemptively(
                PATIENCE,
                () -> program.command().setErr(new PrintWriter(said, true)).execute(arguments.toArray(String[]::new)),
                option);
        assertThat(status).as(option).isEqualTo(CommandLine.ExitCode.USAGE);
        return said.toString().lines().findFirst().orElse("");
    }
}
