package dev.smartdispatcher.e2e.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    Path directory;

    /** The script of the example itself, with the claim that the quickstart fills for it. */
    @Test
    void theExampleCompilesTheSourcesWithTheJarsOfTheClaim() throws IOException, InterruptedException {
        var claim = Files.createDirectory(directory.resolve("sources"));
        Sources.copy(SourceTree.root(), claim);
        var results = Files.createDirectory(directory.resolve("results"));
        var log = directory.resolve("log");
        var builder = new ProcessBuilder(List.of("sh", "-c", script()))
                .directory(Files.createDirectory(directory.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("SOURCES", claim.toString());
        builder.environment().put("BUILD_RESULTS", results.toString());
        var build = builder.start();
        assertThat(build.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(build.exitValue()).as(Files.readString(log)).isZero();
        assertThat(results.resolve("crds.jar")).isNotEmptyFile();
    }

    private static String script() throws IOException {
        var manifests = Manifests.read(SourceTree.root().resolve("examples/10-builds/javac.yaml"));
        var job = manifests.stream().filter(m -> m.kind().equals("BuildJob")).findFirst();
        return job.orElseThrow().content().at("/spec/args/0").asText();
    }
}
