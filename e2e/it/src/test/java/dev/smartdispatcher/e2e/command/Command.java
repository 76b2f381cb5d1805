package dev.smartdispatcher.e2e.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that has ended.
 *
 * @param status its exit status
 * @param output what it wrote to standard output
 * @param errors what it wrote to standard error
 */
public record Command(int status, String output, String errors) {
    private static final int PATIENCE_SECONDS = 300;

    public static Command run(List<String> command) {
        return run(Map.of(), command);
    }

    /** Runs it to its end, with these variables beside those of this process. */
    public static Command run(Map<String, String> environment, List<String> command) {
        return run(environment, command, "");
    }

    /** The same, with a text as its standard input. */
    public static Command run(Map<String, String> environment, List<String> command, String input) {
        try {
            var errors = Files.createTempFile("command-", ".err");
            try {
                var builder = new ProcessBuilder(command).redirectError(errors.toFile());
                builder.environment().putAll(environment);
                var process = builder.start();
                try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                    in.write(input);
                }
                return end(process, errors, command);
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Command end(Process process, Path errors, List<String> command) throws IOException {
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        }
        return new Command(process.exitValue(), output, Files.readString(errors));
    }

    /** Its output; an error if it failed. */
    public String succeeded() {
        if (status != 0) {
            throw new AssertionError("status " + status + ": " + errors + output);
        }
        return output;
    }
}
