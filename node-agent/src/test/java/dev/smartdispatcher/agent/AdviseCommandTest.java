package dev.smartdispatcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as it is typed, without a terminal. */
@EnabledOnOs(OS.LINUX)
class AdviseCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void thisHostIsAdvisedWithoutAQuestion() {
        assertThat(run("--build-path", directory.toString())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Concurrent jobs", "Make jobs a job", "Memory a job", "Disk a job", "Cache")
                .contains("CPU for the host", "Memory for the host", "Disk for the host", "or: ");
        // What was written to measure the disk is gone.
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void yamlIsTwoObjectsThatKubectlCanApply() {
        assertThat(run("--yes", "--node-name=Node-7", "-o", "yaml", "--cache=fast", "--cache-size=20Gi"))
                .isZero();
        var documents = out.toString().split("(?m)^---$");
        assertThat(documents).hasSize(3);
        Map<?, ?> worker = Serialization.unmarshal(documents[1], Map.class);
        assertThat(worker.get("kind")).isEqualTo("BuildWorker");
        assertThat(Serialization.asJson(worker.get("spec")))
                .contains("\"limits\"", "\"jobs\"", "\"cache\":{\"size\":\"20Gi\",\"storageClassName\":\"fast\"}");
        Map<?, ?> policy = Serialization.unmarshal(documents[2], Map.class);
        assertThat(policy.get("kind")).isEqualTo("DispatchPolicy");
        assertThat(Serialization.asJson(policy.get("spec"))).contains("\"perProcess\"", "\"size\"");
    }

    @Test
    void helmValuesAreThoseOfTheChart() {
        assertThat(run("-o", "helm")).isZero();
        Map<?, ?> values = Serialization.unmarshal(out.toString(), Map.class);
        assertThat(values.keySet().toString()).isEqualTo("[dispatchPolicy]");
        assertThat(Serialization.asJson(values)).contains("\"create\":true", "\"defaults\"");
    }

    /** Of a host without /proc and /sys there is still advice for the rest, and each gap has its reason. */
    @Test
    void probesThatFindNothingCostTheirNumbersAlone() {
        assertThat(run("--host-root", directory.toString())).isZero();
        assertThat(err.toString()).contains("warning: cpu: ", "warning: memory: ", "does not exist");
        assertThat(out.toString()).contains("Concurrent jobs     unknown").contains("Disk a job");
    }

    @Test
    void aFleetIsReadFromAFile() throws IOException {
        var file = Files.writeString(directory.resolve("fleet.yaml"), """
                kind: BuildWorker
                metadata: {name: board}
                status: {agent: {cpu: {threads: 1}, memory: {total: 512Mi}, disk: {capacity: 4Gi}}}
                ---
                kind: BuildWorker
                metadata: {name: new}
                """);
        assertThat(run("--fleet", file.toString())).isZero();
        assertThat(out.toString()).startsWith("board\n").contains("Concurrent jobs     1");
        assertThat(err.toString()).isEqualTo("warning: new: no advice: its agent has published nothing yet\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --keep=91                    | 2 | --keep must be 0 to 90, not 91
            --keep=-1                    | 2 | --keep must be 0 to 90, not -1
            --jobs=enormous              | 2 | Invalid value for option '--jobs'
            -o=json                      | 2 | Invalid value for option '--output'
            --force                      | 2 | --force is for --apply
            --cache=Fast                 | 1 | error: --cache: 'Fast' is no name of a storage class
            --cache=fast --cache-size=0  | 1 | error: --cache-size: must be more than 0
            --fleet=/nowhere.yaml        | 1 | error: there is no file /nowhere.yaml
            --apply --kubeconfig=/nowhere | 1 | error: the kubeconfig /nowhere cannot be read: there is no such file
            --fleet=cluster --kubeconfig=/nowhere | 1 | error: the kubeconfig /nowhere cannot be read
            """)
    void whatIsWrongIsSaidInOneLine(String arguments, int status, String message) {
        assertThat(run(arguments.split(" "))).isEqualTo(status);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... arguments) {
        var words = new ArrayList<>(List.of("advise"));
        words.addAll(List.of(arguments));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }
}
