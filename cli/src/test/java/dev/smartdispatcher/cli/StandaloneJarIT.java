package dev.smartdispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that users run has all that it needs, and prints nothing but what its commands print. */
class StandaloneJarIT {
    @TempDir
    private Path directory;

    @Test
    void importsConstraints() throws IOException, InterruptedException {
        var input = Path.of("src/test/resources/constraints/chromium");
        var run = run(
                "import-constraints --environment tumbleweed " + Goldens.arguments(input),
                input.resolve("_constraints"));
        assertThat(run.out()).isEqualTo(Files.readString(input.resolve("jobs.yaml")));
        assertThat(run.err()).isEqualTo(Files.readString(input.resolve("remarks")));
        assertThat(run.status()).isZero();
    }

    @Test
    void importsProjectConfigs() throws IOException, InterruptedException {
        var input = Path.of("src/test/resources/prjconf/cross");
        var run = run("import-prjconf " + Goldens.arguments(input), input.resolve("base.conf"));
        assertThat(run.out()).isEqualTo(Files.readString(input.resolve("environment.yaml")));
        assertThat(run.status()).isZero();
    }

    @Test
    void failsWithAStatus() throws IOException, InterruptedException {
        assertThat(run("import-prjconf --image i", directory.resolve("none.conf"))
                        .status())
                .isEqualTo(1);
        assertThat(run("import-prjconf", directory.resolve("none.conf")).status())
                .isEqualTo(2);
    }

    /** The launcher is a program that finds the jar behind itself, whatever its name and by a link, too. */
    @Test
    void thePluginIsOneFile() throws IOException, InterruptedException {
        var plugin = Path.of(System.getProperty("plugin.file"));
        var version = process(List.of(plugin.toString(), "--version"));
        assertThat(version.status()).as(version.err()).isZero();
        assertThat(version.out()).startsWith("kubectl smart-build 0.");

        var link = Files.createSymbolicLink(directory.resolve("kubectl_complete-smart_build"), plugin.toAbsolutePath());
        var completion = process(List.of(link.toString(), "aga"));
        assertThat(completion.out()).isEqualTo("again\n:4\n");
        assertThat(completion.err()).isEmpty();

        var away = Files.writeString(directory.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {token: t}}]
                current-context: c
                """);
        var refused = process(List.of(plugin.toString(), "get", "--kubeconfig", away.toString()));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("error: the API server cannot be reached")
                .hasLineCount(1);
        assertThat(refused.out()).isEmpty();
    }

    private Run run(String arguments, Path file) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("standalone.jar")));
        command.addAll(List.of(arguments.strip().split("\\s+")));
        command.add(file.toString());
        return process(command);
    }

    private Run process(List<String> command) throws IOException, InterruptedException {
        var out = directory.resolve("out").toFile();
        var err = directory.resolve("err").toFile();
        int status = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(err)
                .start()
                .waitFor();
        return new Run(
                status,
                Files.readString(out.toPath(), StandardCharsets.UTF_8),
                Files.readString(err.toPath(), StandardCharsets.UTF_8));
    }
}
