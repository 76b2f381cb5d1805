package dev.smartdispatcher.e2e.controlplane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory with the executables of a control plane: what {@code KUBEBUILDER_ASSETS} names, or what
 * {@code e2e/control-plane/build} has built.
 */
public record Binaries(Path directory) {
    /** The variable under which controller-runtime's test environments look for the same thing. */
    public static final String VARIABLE = "KUBEBUILDER_ASSETS";

    /**
     * Looks without building anything.
     *
     * @param project the project's root directory
     */
    public static Binaries find(Path project, Map<String, String> environment) {
        var given = environment.getOrDefault(VARIABLE, "");
        return new Binaries(given.isBlank() ? built(project) : Path.of(given).toAbsolutePath());
    }

    /** What is missing of these executables, with what to do about it; empty if all are there. */
    public Optional<String> missing(String... names) {
        var absent = Stream.of(names)
                .filter(name -> !Files.isExecutable(directory.resolve(name)))
                .toList();
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of("%s not found in %s: run e2e/control-plane/build %s, or set %s"
                        .formatted(String.join(", ", absent), directory, String.join(" ", absent), VARIABLE));
    }

    Path executable(String name) {
        return directory.resolve(name);
    }

    /** The script alone knows where its results lie: the name of the directory has the pinned versions. */
    private static Path built(Path project) {
        var script = project.resolve("e2e/control-plane/build").toString();
        try {
            var process = new ProcessBuilder("bash", script, "--print-dir")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(script + " --print-dir failed with status " + process.exitValue());
            }
            return Path.of(answer.strip());
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + script, e);
        }
    }
}
