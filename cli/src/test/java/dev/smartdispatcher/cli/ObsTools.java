package dev.smartdispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tools of the Open Build Service that imports are compared with, in the directories that the environment names: they are
 * what {@code cli/obs-tools} unpacks. Without them, these tests are skipped and say so.
 */
public final class ObsTools {
    private ObsTools() {}

    /** Runs a script of the test resources with obs-build's modules, and returns its output. */
    public static String perl(String script, List<String> arguments) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of("perl", "-I", buildDirectory().toString(), "src/test/resources/obs/" + script));
        command.addAll(arguments);
        return output(command);
    }

    /** Where {@code Build.pm} is; by OBS_BUILD, or where Debian's package obs-build has it. */
    public static Path buildDirectory() {
        return directory(
                "OBS_BUILD", "/usr/lib/obs-build", "Build.pm", "project configs are not compared with obs-build");
    }

    /** Where {@code bs_dispatch} is; by OBS_SERVER, or where Debian's package obs-server has it. */
    public static Path serverDirectory() {
        return directory(
                "OBS_SERVER", "/usr/lib/obs/server", "bs_dispatch", "constraints are not compared with bs_dispatch");
    }

    /** The exit status of a command, whose output goes nowhere. */
    public static int status(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        var errors = Files.createTempFile("perl", ".err");
        try {
            var process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
            return output;
        } finally {
            Files.delete(errors);
        }
    }

    private static Path directory(String variable, String installed, String file, String without) {
        var directory = Path.of(Optional.ofNullable(System.getenv(variable)).orElse(installed));
        if (!Files.exists(directory.resolve(file))) {
            var message = "SKIPPED: " + without + ": no " + file + " in " + directory + "; cli/obs-tools gets it, and "
                    + variable + " says where it is";
            System.err.println(message);
            abort(message);
        }
        return directory;
    }
}
