package dev.smartdispatcher.e2e.process;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.operator.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The operator as a process of its own, with the log that it has in its image, and ports that the kernel gives it. It ends
 * with this process at the latest. To be closed, which kills it.
 */
public final class OperatorProcess implements AutoCloseable {
    /** Options of a JVM that shares its machine with a control plane and the tests. */
    public static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    /** The exit status after SIGTERM. */
    public static final int TERMINATED = 128 + 15;

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration KUBELET_WAITS = Duration.ofSeconds(5);
    private static final Duration KUBELET_KILLS = Duration.ofSeconds(30);
    private static final String PORT = "%s=\"(\\d+)\"";

    private final Server server;
    private final Path log;
    /** Lines of the log that others wrote before. */
    private final int before;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(KUBELET_WAITS).build();
    private final int healthPort;
    private final int metricsPort;
    private final int debugPort;

    /** What it answered on one of its ports. */
    public record Answer(int code, String body) {}

    private OperatorProcess(Server server, Path log, int before) {
        this.server = server;
        this.log = log;
        this.before = before;
        server.awaitReady(() -> port("metricsPort") > 0);
        healthPort = port("healthPort");
        metricsPort = port("metricsPort");
        debugPort = port("debugPort");
    }

    /**
     * Returns when its health endpoints answer, ready or not.
     *
     * @param log its output is added to this file
     * @param jvm options of its JVM
     * @param options its own
     * @throws ServerFailedException if it ends before
     */
    public static OperatorProcess start(Path kubeconfig, Path log, List<String> jvm, List<String> options) {
        var command = new ArrayList<>(List.of(java("java"), "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(jvm);
        command.addAll(List.of(
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--health-port=0",
                "--metrics-port=0",
                "--debug-port=0"));
        command.addAll(options);
        var environment = Map.of("KUBECONFIG", kubeconfig.toString(), "LOG_FORMAT", "text");
        int before = Files.exists(log) ? lines(log).size() : 0;
        return new OperatorProcess(Server.start("operator", log, environment, command), log, before);
    }

    /** A program of the JDK that runs this. */
    public static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    /** Waits until its caches are whole, whether it leads or not. */
    public OperatorProcess awaitReady() {
        await("the operator is ready")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> {
                    if (!isAlive()) {
                        throw new ServerFailedException("the operator has ended; its log is " + log);
                    }
                    return ready().code() == HttpURLConnection.HTTP_OK;
                });
        return this;
    }

    public Answer ready() {
        return onHealthPort("readyz");
    }

    public Answer live() {
        return onHealthPort("livez");
    }

    /** What is served at a path on the port of health. */
    public Answer onHealthPort(String path) {
        return get(healthPort, path);
    }

    /** What is served at a path on the port of metrics. */
    public Answer onMetricsPort(String path) {
        return get(metricsPort, path);
    }

    /** What is served at a path on loopback. */
    public Answer onDebugPort(String path) {
        return get(debugPort, path);
    }

    public int healthPort() {
        return healthPort;
    }

    /** What it has written so far, by line. */
    public List<String> log() {
        var lines = lines(log);
        return lines.subList(before, lines.size());
    }

    public Server server() {
        return server;
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    /** Asks it to end, as a kubelet does. The status with which it has; empty if a kubelet would kill it now. */
    public OptionalInt terminate() {
        server.signal("TERM");
        return server.exitStatus(KUBELET_KILLS);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
            var answer = http.send(request, BodyHandlers.ofString());
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
        server.close();
    }
}
