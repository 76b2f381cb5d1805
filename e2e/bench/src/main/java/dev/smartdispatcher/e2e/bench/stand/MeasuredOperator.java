package dev.smartdispatcher.e2e.bench.stand;

import dev.smartdispatcher.e2e.process.OperatorProcess;
import dev.smartdispatcher.e2e.process.Server;
import dev.smartdispatcher.threads.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The operator as a process of its own, with its default options, and what its heap holds. */
public final class MeasuredOperator implements AutoCloseable {
    private static final long MIB = 1024 * 1024;

    private final OperatorProcess process;
    private final ScheduledExecutorService sampler =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("heap-sampler"));
    private volatile long peakHeap;

    private MeasuredOperator(OperatorProcess process) {
        this.process = process;
        sampler.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Starts it with the stand's account and returns when it is ready.
     *
     * @param jvm options of its JVM
     */
    public static MeasuredOperator start(Stand stand, List<String> jvm) {
        return start(stand, jvm, List.of());
    }

    /**
     * The same.
     *
     * @param options of the operator itself
     */
    public static MeasuredOperator start(Stand stand, List<String> jvm, List<String> options) {
        var kubeconfig = stand.plane().kubeconfig("operator", stand.accountToken());
        var process = OperatorProcess.start(kubeconfig, stand.directory().resolve("operator.log"), jvm, options);
        try {
            return new MeasuredOperator(process.awaitReady());
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    public Server server() {
        return process.server();
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
        var words = new ArrayList<>(List.of(OperatorProcess.java("jcmd"), Long.toString(server().pid())));
        words.addAll(List.of(command));
        try {
            var jcmd = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!jcmd.waitFor(1, TimeUnit.MINUTES) || jcmd.exitValue() != 0) {
                jcmd.destroyForcibly();
                throw new BenchFailure("jcmd " + String.join(" ", command) + " failed");
            }
        } catch (IOException e) {
            throw new BenchFailure("jcmd cannot be run, which a JDK has: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
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
            var page = process.onMetricsPort("metrics").body();
            return (long) Metric.find(page, "jvm_memory_used_bytes").sum("area", "heap");
        } catch (UncheckedIOException e) {
            throw new BenchFailure("the operator's metrics cannot be read", e);
        }
    }

    @Override
    public void close() {
        sampler.shutdownNow();
        process.close();
    }
}
