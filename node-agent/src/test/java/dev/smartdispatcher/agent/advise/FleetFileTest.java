package dev.smartdispatcher.agent.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.agent.advisor.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetFileTest {
    private static final String TWO = """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: smartdispatcher.dev/v1alpha1
              kind: BuildWorker
              metadata: {name: large}
              status:
                agent:
                  observedTime: 2026-11-30T12:00:00Z
                  cpu: {threads: 16, cores: 8, numaNodes: 1}
                  memory: {total: 64Gi}
                  disk: {capacity: 400Gi, free: 300Gi}
            - apiVersion: smartdispatcher.dev/v1alpha1
              kind: BuildWorker
              metadata: {name: board}
              status:
                agent:
                  observedTime: 2026-11-30T12:00:00Z
                  cpu: {threads: 1, cores: 1, numaNodes: 1}
                  memory: {total: 512Mi}
                  disk: {capacity: 4Gi, free: 2Gi}
            """;

    @TempDir
    Path directory;

    @Test
    void everyWorkerGetsItsLimitsAndThePolicyWhatTheSmallestHas() throws Exception {
        var fleet = Fleet.of(FleetFile.read(file(TWO)), Answers.COMMON);
        assertThat(fleet.advice()).extracting(Named::worker).containsExactly("large", "board");
        assertThat(fleet.job()).isEqualTo(fleet.advice().get(1).advice().job());
        assertThat(fleet.job().memory(1)).isLessThanOrEqualTo(384L << 20);
        assertThat(fleet.remarks()).isEmpty();
    }

    @Test
    void aWorkerWithoutOrWithWrongFactsCostsItselfAlone() throws Exception {
        var more = """
                ---
                kind: BuildWorker
                metadata: {name: new}
                ---
                kind: BuildWorker
                metadata: {name: wrong}
                status: {agent: {memory: {total: 12x}}}
                """;
        var fleet = Fleet.of(FleetFile.read(file(TWO + more)), Answers.COMMON);
        assertThat(fleet.advice()).hasSize(2);
        assertThat(fleet.remarks())
                .hasSize(2)
                .anySatisfy(r -> assertThat(r).startsWith("new: no advice: its agent has published nothing"))
                .anySatisfy(r -> assertThat(r)
                        .startsWith("wrong: no advice: its facts are wrong")
                        .contains("12x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'items: [a, '                                     | line
            '{kind: BuildWorker'                              | line
            'kind: Pod'                                       | object 1 of the fleet file
            'just words'                                      | it has no kind
            '{kind: BuildWorker, metadata: {}}'               | has no metadata.name
            '{kind: BuildWorker, metadata: {name: a}, status: {agent: {cpu: {threads: many}}}}' | (a) cannot be read
            ''                                                | has no BuildWorkers
            '{kind: List, items: []}'                         | has no BuildWorkers
            """)
    void aBrokenFileIsNamedWithWhatIsWrong(String text, String message) throws IOException {
        var file = file(text);
        assertThatThrownBy(() -> FleetFile.read(file))
                .isInstanceOf(AdviseException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereOrIsADirectoryIsNamed() {
        assertThatThrownBy(() -> FleetFile.read(directory.resolve("none.yaml")))
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> FleetFile.read(directory))
                .isInstanceOf(AdviseException.class)
                .hasMessageContaining(directory.toString());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("fleet.yaml"), text);
    }
}
