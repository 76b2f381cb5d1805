package dev.smartdispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void withoutACommandItSaysWhichThereAre() {
        var run = Run.of();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("a command is missing", "import-constraints");
    }

    @Test
    void anUnknownCommandIsWrongUsage() {
        assertThat(Run.of("import-everything").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help import-constraints", "import-constraints --help", "--version"})
    void helpIsOutput(String arguments) {
        var run = Run.of(arguments.split(" "));
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("smart-dispatcher");
        assertThat(run.err()).isEmpty();
    }
}
