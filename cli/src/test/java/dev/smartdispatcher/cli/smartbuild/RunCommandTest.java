package dev.smartdispatcher.cli.smartbuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
    private static final String JOB = """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: %s}
            spec: {targetArch: x86_64, environment: debian-12}
            """;

    @TempDir
    private Path directory;

    @Test
    void severalDocumentsAndListsAreCreatedInTheirOrder() throws IOException {
        var file = directory.resolve("jobs.yaml");
        Files.writeString(
                file,
                "---\n" + JOB.formatted("a") + "---\n" + JOB.formatted("b") + "---\n# nothing\n---\n"
                        + "kind: List\napiVersion: v1\nitems: ["
                        + "{apiVersion: smartdispatcher.dev/v1alpha1, kind: BuildJob,"
                        + " metadata: {name: c}, spec: {targetArch: x86_64}}]\n");
        try (var api = FakeApi.of(Typed.FARM)) {
            var run = Typed.at(api, directory, "run -f", file.toString());
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("buildjob/a created\nbuildjob/b created\nbuildjob/c created\n");
            assertThat(api.requests()).anyMatch(r -> r.startsWith("POST") && r.contains("fieldValidation=Strict"));
            assertThat(Typed.at(api, directory, "run --follow -f", file.toString())
                            .err())
                    .contains("--follow is for one job, and " + file + " has 3");
        }
    }

    @Test
    void aNameThatIsTakenIsOnesOwnToChange() throws IOException {
        var file = directory.resolve("job.yaml");
        Files.writeString(file, JOB.formatted("zlib-17"));
        try (var api = FakeApi.of(Typed.FARM)) {
            var run = Typed.at(api, directory, "run -f", file.toString());
            assertThat(run.status()).isEqualTo(125);
            assertThat(run.err())
                    .contains("there is a job 'zlib-17' already", "kubectl smart-build again zlib-17", "generateName");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Pod | kind 'Pod' of apiVersion '' is not a BuildJob of smartdispatcher.dev: use kubectl apply",
                "a: [ | :2: while parsing a flow node, expected the node content",
                "# nothing | has no BuildJob",
                "just text | kind '' of apiVersion ''",
                "{apiVersion: smartdispatcher.dev/v1alpha1, kind: BuildJob} | metadata.name is missing",
                "{apiVersion: smartdispatcher.dev/v1alpha1, kind: BuildJob, metadata: 7} | metadata is not that of an object",
                "{apiVersion: smartdispatcher.dev/v1alpha1, kind: BuildJob, metadata: {name: a, namespace: b}}"
                        + " | job a is for namespace b, not for team-c"
            })
    void aFileThatIsNoJobIsNamed(String content, String message) throws IOException {
        var file = directory.resolve("job.yaml");
        Files.writeString(file, content + "\n");
        try (var api = FakeApi.of(Typed.FARM)) {
            var run = Typed.at(api, directory, "run -n team-c -f", file.toString());
            assertThat(run.status()).isEqualTo(125);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("error: " + file).contains(message).hasLineCount(1);
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void aFileThatIsNotThere() throws IOException {
        try (var api = FakeApi.of(Typed.FARM)) {
            assertThat(Typed.at(api, directory, "run -f nowhere.yaml").err())
                    .startsWith("error: nowhere.yaml: cannot be read");
        }
    }
}
