package dev.smartdispatcher.e2e.images;

import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An image that runs until it is told to end, against an API server on this machine. */
final class RunningImage implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path log;

    private RunningImage(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Its log is {@code target/images/MODULE.log}. */
    static RunningImage start(String module, ControlPlane server, String token, String... variables)
            throws IOException {
        var authority = Base64.getEncoder().encodeToString(Files.readAllBytes(server.certificate()));
        var command = new ArrayList<>(List.of(SourceTree.file("images/run").toString()));
        for (var variable : List.of(
                "KUBERNETES_MASTER=" + server.url(),
                "KUBERNETES_AUTH_TOKEN=" + token,
                "KUBERNETES_CERTS_CA_DATA=" + authority)) {
            command.addAll(List.of("--env", variable));
        }
        for (var variable : variables) {
            command.addAll(List.of("--env", variable));
        }
        command.add(Image.of(module).file().toString());
        var log = Files.createDirectories(Path.of("target", "images")).resolve(module + ".log");
        return new RunningImage(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** What it has written so far. */
    Path log() {
        return log;
    }

    /** Tells it to end, as a kubelet does, and waits for that. Its exit status. */
    int stop() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while it ends", e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
