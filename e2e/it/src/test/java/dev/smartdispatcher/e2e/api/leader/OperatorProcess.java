package dev.smartdispatcher.e2e.api.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.api.tier.Account;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.controlplane.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final URI readiness;

    private OperatorProcess(Process process, URI readiness) {
        this.process = process;
        this.readiness = readiness;
    }

    /** Starts it; its output is added to {@code NAME.log} in the directory. */
    static OperatorProcess start(ControlPlane controlPlane, Account account, Path logs, Duration lease) {
        try {
            return start(controlPlane, account, logs, lease, FreePort.find());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the operator", e);
        }
    }

    private static OperatorProcess start(
            ControlPlane controlPlane, Account account, Path logs, Duration lease, int healthPort) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.smartdispatcher.operator.Main"));
        command.addAll(List.of(
                "--health-port=" + healthPort,
                "--metrics-port=0",
                "--namespace=default",
                "--lease=" + LEASE,
                "--lease-seconds=" + lease.toSeconds()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        logs.resolve(account.name() + ".log").toFile()));
        builder.environment()
                .put(
                        "KUBECONFIG",
                        controlPlane.kubeconfig(account.name(), account.token()).toString());
        return new OperatorProcess(builder.start(), URI.create("http://127.0.0.1:" + healthPort + "/readyz"));
    }

    /** Waits until its caches are whole, whether it leads or not. */
    OperatorProcess awaitReady() {
        await("the operator is ready").atMost(Duration.ofSeconds(120)).until(this::isReady);
        return this;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(readiness).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
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
