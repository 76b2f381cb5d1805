package dev.smartdispatcher.e2e.api.leader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operator as a process of its own, with an identity of its own. To be closed, which kills it. */
final class OperatorProcess implements AutoCloseable {
    /** What a process gets when it is told to end by SIGTERM, and does. */
    static final int TERMINATED = 128 + 15;

    private static final String LEASE = "leader-test";

    private final Process process;

    private OperatorProcess(Process process) {
        this.process = process;
    }

    /** Starts it; its output is added to {@code NAME.log} in the directory. */
    static OperatorProcess start(ControlPlane controlPlane, Account account, Path logs, Duration lease) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.smartdispatcher.operator.Main"));
        command.addAll(List.of(
                "--health-port=0", "--namespace=default", "--lease=" + LEASE, "--lease-seconds=" + lease.toSeconds()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        logs.resolve(account.name() + ".log").toFile()));
        builder.environment()
                .put(
                        "KUBECONFIG",
                        controlPlane.kubeconfig(account.name(), account.token()).toString());
        try {
            return new OperatorProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the operator", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its name. */
    void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            assertThat(kill.waitFor()).as("kill -" + name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The status with which it ends, within this time. */
    int exitStatus(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                .as("the operator ends within " + patience)
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
