package dev.smartdispatcher.operator.controller;

import dev.smartdispatcher.api.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** The operator's own metrics; docs/metrics.md lists them. No label holds the name of a job or a worker. */
public final class DispatcherMetrics {
    private final MeterRegistry registry;
    private final Timer cycle;
    private final Counter placements;
    private final Counter conflicts;
    private final AtomicInteger pending;
    private final AtomicInteger running;

    public DispatcherMetrics(MeterRegistry registry) {
        this.registry = registry;
        cycle = Timer.builder("smart_dispatcher.pass")
                .description("Time of a scheduling pass, from snapshot to plan")
                .publishPercentileHistogram()
                .register(registry);
        placements = Counter.builder("smart_dispatcher.placements")
                .description("Attempts given to a worker")
                .register(registry);
        conflicts = Counter.builder("smart_dispatcher.allocation.conflicts")
                .description("Placements that were not written since the job had changed")
                .register(registry);
        pending = registry.gauge("smart_dispatcher.jobs.pending", new AtomicInteger());
        running = registry.gauge("smart_dispatcher.jobs.running", new AtomicInteger());
    }

    /** Times passes. */
    public Timer cycle() {
        return cycle;
    }

    public void placed() {
        placements.increment();
    }

    public void conflicted() {
        conflicts.increment();
    }

    /** An attempt ended. */
    public void attemptEnded(Reason outcome) {
        registry.counter("smart_dispatcher.attempts", "outcome", outcome.name()).increment();
    }

    /** The queue after a pass. */
    public void queue(int pendingJobs, int runningJobs) {
        pending.set(pendingJobs);
        running.set(runningJobs);
    }
}
