package dev.smartdispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImportConstraintsCommandTest {
    private static final String COMMAND = "import-constraints";
    private static final String RUST = "src/test/resources/constraints/rust/_constraints";

    @TempDir
    private Path directory;

    static List<Path> packages() {
        return Goldens.in("constraints");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void printsTheJobsOfAPackage(Path packageDirectory) throws IOException {
        var run = Run.command(
                COMMAND,
                "--environment tumbleweed " + Goldens.arguments(packageDirectory),
                packageDirectory.resolve("_constraints").toString());
        assertThat(run.status()).as(run.err()).isZero();
        Goldens.compare(packageDirectory.resolve("jobs.yaml"), run.out());
        Goldens.compare(packageDirectory.resolve("remarks"), run.err());
    }

    @Test
    void printsTheSameAsJson() {
        var arguments = "--environment e --arch x86_64,aarch64 ";
        var yaml = Run.command(COMMAND, arguments, RUST);
        var json = Run.command(COMMAND, arguments + "-o json", RUST);
        var list = Serialization.unmarshal(json.out(), JsonNode.class);
        assertThat(list.path("kind").asText()).isEqualTo("List");
        assertThat(list.path("items")).hasSize(2);
        assertThat(yaml.out().split("(?m)^---$")).hasSize(3);
        assertThat(list.path("items").get(1))
                .isEqualTo(Serialization.unmarshal(yaml.out().split("(?m)^---$")[2], JsonNode.class));

        var one = Run.command(COMMAND, "--environment e --arch x86_64 -o json", RUST);
        assertThat(Serialization.unmarshal(one.out(), JsonNode.class))
                .isEqualTo(list.path("items").get(0));
        assertThat(one.err()).isEqualTo(json.err()).contains("memoryperjob 2Gi");
    }

    @Test
    void aFileThatIsNotThereFails() {
        var run = Run.command(COMMAND, "--environment e --arch x86_64", "nowhere/_constraints");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: nowhere/_constraints: cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--environment e | Missing required option: '--arch=ARCH'",
                "--arch x86_64 | Missing required option: '--environment=NAME'",
                "--environment e --arch amd64 | 'amd64' is another system's name: use 'x86_64'",
                "--environment e --arch x86_64 -o xml | expected one of [yaml, json]",
                "--environment e --arch x86_64 --name Big | --name 'Big' is not the name of an object",
                "--environment e --arch x86_64 --package p other/_constraints | --package and --name are for one file",
                "--environment e --arch x86_64 --colour red | Unknown option: '--colour'"
            })
    void wrongUsageIsStatus2(String arguments, String message) {
        var run = Run.command(COMMAND, arguments, RUST);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message).contains("Usage: smart-dispatcher import-constraints");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<project/> | 1: the document is <project>, and must be <constraints>",
                "<constraints><hardware><jobs>many</jobs></hardware></constraints> | 1: <jobs> 'many' is not a number",
                "<constraints><hardware><jobs>1.5</jobs></hardware></constraints> | 1: <jobs> '1.5' is not a whole number",
                "<constraints><hardware><disk><size unit='MB'>1</size></disk></hardware></constraints>"
                        + " | 1: unit 'MB' of <size> must be one of B, K, M, G, T, P",
                "<constraints><hardware><disk><size unit='P'>5</size></disk></hardware></constraints>"
                        + " | 1: <size> '5' P is more than 4Pi, the most that counts",
                "<constraints><hardware><disk><size/></disk></hardware></constraints> | 1: <size> '' is not a number",
                "<constraints><linux/><linux/></constraints> | 1: <linux> is there twice in <constraints>",
                "<constraints><linux><version><min>new</min></version></linux></constraints> | spec.kernel",
                "<constraints><linux><version><min>6</min><max>5</max></version></linux></constraints>"
                        + " | kernel.maxVersion must not be older than kernel.minVersion",
                "<constraints><hardware><jobs>1025</jobs></hardware></constraints> | spec.parallelism.min",
                "<constraints><hostlabel>a</hostlabel><hostlabel exclude='true'>a</hostlabel></constraints>"
                        + " | must not ask for a label and forbid it",
                "<constraints><hardware><cpu><flag>a</flag><flag exclude='true'>a</flag></cpu></hardware></constraints>"
                        + " | cpuFlags.all and cpuFlags.none must not share a flag"
            })
    void whatMakesNoJobFails(String document, String message) throws IOException {
        var file = directory.resolve("_constraints");
        Files.writeString(file, document);
        var run = Run.command(COMMAND, "--environment e --arch x86_64 --package p", file.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("error: " + file)
                .contains(message.replace("spec.kernel", "spec.requires.kernel"));
    }
}
