package dev.smartdispatcher.agent.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Runs a program's file as a child process without input, output or environment. */
final class Execution {
    /** The programs end in a millisecond; a machine may stand still for some seconds, and one that hangs takes longer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Execution() {}

    /**
     * The error number that the program ends with; empty if it could not be executed.
     *
     * @throws IOException if its file cannot be written to the directory for temporary files, or it does not end
     */
    static OptionalInt of(TinyProgram program) throws IOException {
        Path file = Files.createTempFile(
                "trial-", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.write(file, program.file());
            return TinyProgram.errorNumber(exitStatus(file));
        } finally {
            Files.delete(file);
        }
    }

    private static int exitStatus(Path file) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(file.toString())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        Process process = builder.start();
        try {
            if (process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IOException("A trial program did not end within " + TIMEOUT.toSeconds() + " seconds.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The agent was stopped during a trial.", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
