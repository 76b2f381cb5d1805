package dev.smartdispatcher.e2e.bench.stand;

import dev.smartdispatcher.e2e.controlplane.Server;
import dev.smartdispatcher.operator.Main;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The operator as a process of its own, with its default options but for the port of its metrics. It ends with this process
 * at the latest.
 */
public final class OperatorProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MIB = 1024 * 1024;

    private final Server server;
    private final URI base;
    private final URI metrics;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "heap-sampler");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long peakHeap;

    private OperatorProcess(Server server, int port, int metricsPort) {
        this.server = server;
        base = URI.create("http://127.0.0.1:" + port);
        metrics = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
    }

    /**
     * Starts it with the stand's account and returns when it is ready.
     *
     * @param jvm options of its JVM
     */
    public static OperatorProcess start(Stand stand, List<String> jvm) {
        return start(stand, jvm, List.of());
    }

    /**
     * The same.
     *
     * @param options of the operator itself
     */
    public static OperatorProcess start(Stand stand, List<String> jvm, List<String> options) {
        var kubeconfig = stand.plane().kubeconfig("operator", stand.accountToken());
        var port = freePort();
        var metricsPort = freePort();
        var command = new ArrayList<>(
                List.of(java("java"), "-XX:+ExitOnOutOfMemoryError", "-Dlogback.configurationFile=logback.xml"));
        command.addAll(jvm);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--health-port=" + port,
                "--metrics-port=" + metricsPort));
        command.addAll(options);
        var log = stand.directory().resolve("operator.log");
        var process = new OperatorProcess(
                Server.start("operator", log, Map.of("KUBECONFIG", kubeconfig.toString()), command), port, metricsPort);
        process.server.awaitReady(process::ready);
        process.sampler.scheduleAtFixedRate(process::sample, 1, 1, TimeUnit.SECONDS);
        return process;
    }

    public Server server() {
        return server;
    }

    /** Largest heap in use that a look each second has seen, in MiB. */
    public long peakHeapMiB() {
        return peakHeap / MIB;
    }

    /** What the heap holds after a full collection, in MiB. */
    public long liveHeapMiB() {
        jcmd("GC.run");
        return heapUsed() / MIB;
    }

    /** Runs a diagnostic command of the JVM in it, and returns when it has ended. */
    public void jcmd(String... command) {
        var words = new ArrayList<>(List.of(java("jcmd"), Long.toString(server.pid())));
        words.addAll(List.of(command));
        try {
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new BenchFailure("jcmd " + String.join(" ", command) + " failed");
            }
        } catch (IOException e) {
            throw new BenchFailure("jcmd cannot be run, which a JDK has: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    private boolean ready() {
        try {
            var request = HttpRequest.newBuilder(base.resolve("/readyz"))
                    .timeout(PATIENCE)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void sample() {
        try {
            peakHeap = Math.max(peakHeap, heapUsed());
        } catch (BenchFailure e) {
            // Busy or ended: the next look tells.
        }
    }

    private long heapUsed() {
        try {
            var request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
            var page = http.send(request, BodyHandlers.ofString()).body();
            return (long) Metric.find(page, "jvm_memory_used_bytes").sum("area", "heap");
        } catch (IOException e) {
            throw new BenchFailure("the operator's metrics cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    private static String java(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchFailure("no free port", e);
        }
    }

    @Override
    public void close() {
        sampler.shutdownNow();
        server.close();
    }
}
