package dev.smartdispatcher.e2e.api.rights;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The operator as a process of its own, with the log that it has in its image. To be closed, which kills it. */
final class OperatorProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String PORT = "%s=\"?(\\d+)";

    private static final Duration KUBELET_WAITS = Duration.ofSeconds(5);

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int healthPort;
    private final int metricsPort;

    private OperatorProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        healthPort = await("the health port").atMost(PATIENCE).until(() -> port("healthPort"), port -> port > 0);
        metricsPort = port("metricsPort");
    }

    /** Returns when its health endpoints answer. */
    static OperatorProcess start(Path kubeconfig, Path log, String... arguments) {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.smartdispatcher.operator.Main",
                "--health-port=0",
                "--metrics-port=0",
                "--check-seconds=2"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().remove("LOG_FORMAT");
        try {
            return new OperatorProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Answer(int code, String body) {}

    Answer ready() {
        return get(healthPort, "readyz");
    }

    Answer live() {
        return get(healthPort, "livez");
    }

    /** What is served at a path on the port of health and on that of metrics. */
    Answer onHealthPort(String path) {
        return get(healthPort, path);
    }

    Answer onMetricsPort(String path) {
        return get(metricsPort, path);
    }

    /** A client of the port of health that sends this and no more. */
    Socket halfARequest(String text) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), healthPort);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, as a kubelet does; whether it has within half a minute, after which a kubelet would kill it. */
    boolean terminate() {
        process.destroy();
        try {
            return process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int port(String name) {
        var pattern = Pattern.compile(PORT.formatted(name));
        return log().stream()
                .map(pattern::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> Integer.parseInt(matcher.group(1)))
                .findFirst()
                .orElse(0);
    }

    private Answer get(int port, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .timeout(KUBELET_WAITS)
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
