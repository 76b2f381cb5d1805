package dev.smartdispatcher.agent.speed;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;

/** What one thread does: units of each kind of work in turn, each timed. Read by another thread once it has ended. */
final class Run {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int rounds;
    private final long mostNanos;
    private final Map<Work, List<Long>> nanos = new EnumMap<>(Work.class);
    private volatile boolean stopped;
    /** Of all results, so that no compiler leaves the work out. */
    private int sum;

    /**
     * Not begun.
     *
     * @param rounds units of each kind
     * @param most CPU time after which no further round begins
     */
    Run(int rounds, Duration most) {
        this.rounds = rounds;
        this.mostNanos = most.toNanos();
    }

    /** Works in the calling thread, which has done nothing else. */
    void run() {
        Map<Work, IntSupplier> tasks = new EnumMap<>(Work.class);
        for (Work work : Work.values()) {
            tasks.put(work, work.task());
        }
        for (int i = 0; i < rounds && !stopped && THREADS.getCurrentThreadCpuTime() < mostNanos; i++) {
            tasks.forEach(this::unit);
        }
    }

    /** Ends it after the round that it is at. */
    void stop() {
        stopped = true;
    }

    private void unit(Work work, IntSupplier task) {
        long before = THREADS.getCurrentThreadCpuTime();
        sum += task.getAsInt();
        long took = THREADS.getCurrentThreadCpuTime() - before;
        nanos.computeIfAbsent(work, w -> new ArrayList<>()).add(Math.max(1, took));
    }

    /** The speed by the best unit of each kind; empty if nothing was done. */
    OptionalDouble best() {
        return speed(Collections::min);
    }

    /** The speed by the middle unit of each kind; empty if nothing was done. */
    OptionalDouble middle() {
        return speed(units -> units.stream().sorted().toList().get(units.size() / 2));
    }

    /** The geometric mean: a kind of work that a processor has instructions for must not outweigh the others. */
    private OptionalDouble speed(ToLongFunction<List<Long>> choice) {
        OptionalDouble logarithm = nanos.entrySet().stream()
                .mapToDouble(e -> Math.log((double) e.getKey().referenceNanos() / choice.applyAsLong(e.getValue())))
                .average();
        return logarithm.isEmpty() ? logarithm : OptionalDouble.of(100 * Math.exp(logarithm.getAsDouble()));
    }
}
