package dev.smartdispatcher.e2e.bench.dispatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * One case: {@link Drain}, timed as a whole by JMH; what it sees within is left in a file. A short case is drained many times,
 * in the warm-up too, for the compiler is done with a dispatcher that has been at work for a minute.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DrainCase {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int IDLE_PASSES = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double MIB = 1024.0 * 1024;

    /** WORKERSxJOBSxKIND. */
    @Param("")
    public String name;

    @Param("1")
    public long seed;

    /** A directory of manifests; empty: a generated farm. */
    @Param("")
    public String input;

    /** Where the figures are left. */
    @Param("")
    public String figures;

    private Farm farm;
    private final PassTimes times = new PassTimes();
    /** {@code times} in iterations that count. */
    private PassTimes seen;

    private Drain drain;
    private int placed;
    private double cpuSeconds;

    @Setup(Level.Trial)
    public void generate() {
        var parts = CaseName.of(name);
        farm = input.isEmpty() ? GeneratedFarm.of(parts, seed, NOW) : InputFarm.of(Path.of(input), NOW);
    }

    @Setup(Level.Iteration)
    public void count(IterationParams iteration) {
        seen = iteration.getType() == IterationType.WARMUP ? new PassTimes() : times;
    }

    @Setup(Level.Invocation)
    public void begin() {
        drain = new Drain(farm, NOW, seen);
    }

    @Benchmark
    public int drain() {
        long begin = THREADS.getCurrentThreadCpuTime();
        placed = drain.run();
        cpuSeconds = (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
        return placed;
    }

    /** Not part of the time of the placements, but its passes are passes like others. */
    @TearDown(Level.Invocation)
    public void settle() {
        drain.settle();
    }

    @TearDown(Level.Trial)
    public void tell() throws IOException {
        var phases = new LinkedHashMap<String, Double>();
        drain.phases().forEach((phase, nanos) -> phases.put(phase.name().toLowerCase(Locale.ROOT), nanos / 1e6));
        double idle = idleMillis();
        drain = new Drain(farm, NOW, new PassTimes());
        var figure = new Seen(
                farm.workers().size(),
                farm.jobs().size(),
                placed,
                cpuSeconds,
                times.count(),
                times.percentileMillis(0.99),
                idle,
                used(),
                phases);
        Files.writeString(Path.of(figures), new ObjectMapper().writeValueAsString(figure));
    }

    private double idleMillis() {
        long begin = System.nanoTime();
        int found = 0;
        for (int i = 0; i < IDLE_PASSES; i++) {
            found += drain.idle();
        }
        if (found > 0) {
            throw new IllegalStateException(found + " jobs were placed by passes that had nothing new");
        }
        return (System.nanoTime() - begin) / 1e6 / IDLE_PASSES;
    }

    private static double used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }

    /**
     * What the case saw.
     *
     * @param cpuSeconds of the dispatcher's thread, in the last run
     * @param passes of all runs that counted
     * @param p99Millis of these passes
     * @param heapMiB in use after a full collection, with all workers and jobs waiting
     * @param phases milliseconds by phase of the scheduling cycle, in the last run
     */
    record Seen(
            int workers,
            int jobs,
            int placed,
            double cpuSeconds,
            int passes,
            double p99Millis,
            double idleCycleMillis,
            double heapMiB,
            Map<String, Double> phases) {}
}
