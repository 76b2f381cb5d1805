package dev.smartdispatcher.operator.controller;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.check.CheckOutcome;
import dev.smartdispatcher.operator.health.Suspicion.Fault;
import dev.smartdispatcher.operator.scheduler.cycle.CyclePhase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The operator's own metrics; docs/metrics.md lists them. No label holds the name of a job or a worker. */
public final class DispatcherMetrics {
    private static final double[] SLACK_STEPS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

    private final MeterRegistry registry;
    private final Timer cycle;
    private final Map<CyclePhase, Timer> phases = new EnumMap<>(CyclePhase.class);
    private final Counter placements;
    private final Counter conflicts;
    private final Counter profileWrites;
    private final DistributionSummary slack;
    private final Counter excused;
    private final AtomicInteger suspect;
    private final AtomicInteger quarantined;
    private final AtomicInteger checksDue;
    private final AtomicInteger pending;
    private final AtomicInteger running;

    public DispatcherMetrics(MeterRegistry registry) {
        this.registry = registry;
        cycle = Timer.builder("smart_dispatcher.cycle.duration")
                .description("Duration of a scheduling cycle, without synchronization and writes")
                .publishPercentileHistogram()
                .register(registry);
        for (var phase : CyclePhase.values()) {
            phases.put(
                    phase,
                    Timer.builder("smart_dispatcher.cycle.phase.duration")
                            .description("Time that a scheduling cycle spent in a phase")
                            .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        placements = Counter.builder("smart_dispatcher.placements")
                .description("Attempts given to a worker")
                .register(registry);
        conflicts = Counter.builder("smart_dispatcher.allocation.conflicts")
                .description("Placements that were not written since the job had changed")
                .register(registry);
        profileWrites = Counter.builder("smart_dispatcher.profile.writes")
                .description("Writes of BuildProfiles")
                .register(registry);
        slack = DistributionSummary.builder("smart_dispatcher.memory.slack.ratio")
                .description("Peak memory of builds that succeeded, as a part of what they were given")
                .serviceLevelObjectives(SLACK_STEPS)
                .register(registry);
        excused = Counter.builder("smart_dispatcher.attempts.excused")
                .description("Attempts that failed on a worker under suspicion, and do not count")
                .register(registry);
        suspect = registry.gauge("smart_dispatcher.workers.suspect", new AtomicInteger());
        quarantined = registry.gauge("smart_dispatcher.workers.quarantined", new AtomicInteger());
        // Known from the start: an increase from nothing is none.
        for (var kind : CheckOutcome.Kind.values()) {
            checks(kind);
        }
        for (var fault : Fault.values()) {
            quarantines(fault);
        }
        checksDue = registry.gauge("smart_dispatcher.checks.due", new AtomicInteger());
        pending = registry.gauge("smart_dispatcher.jobs.pending", new AtomicInteger());
        running = registry.gauge("smart_dispatcher.jobs.running", new AtomicInteger());
    }

    /** A scheduling cycle is over, with its writes. */
    public void cycle(Map<CyclePhase, Long> nanosByPhase) {
        nanosByPhase.forEach((phase, nanos) -> phases.get(phase).record(nanos, TimeUnit.NANOSECONDS));
        cycle.record(
                nanosByPhase.entrySet().stream()
                        .filter(e -> e.getKey() != CyclePhase.SYNC && e.getKey() != CyclePhase.WRITE)
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                TimeUnit.NANOSECONDS);
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

    /** A build that succeeded used so much of the memory that it was given; bytes. */
    public void memoryUsed(long peak, long given) {
        slack.record((double) peak / given);
    }

    /** An attempt does not count. */
    public void attemptExcused() {
        excused.increment();
    }

    /** A worker is quarantined; it looks like this fault. */
    public void quarantineBegun(Fault fault) {
        quarantines(fault).increment();
    }

    private Counter quarantines(Fault fault) {
        return registry.counter("smart_dispatcher.quarantines", "cause", fault.name());
    }

    /** How many workers are under suspicion now. */
    public void health(int suspectWorkers, int quarantinedWorkers) {
        suspect.set(suspectWorkers);
        quarantined.set(quarantinedWorkers);
    }

    /** A profile was written. */
    public void profileWritten() {
        profileWrites.increment();
    }

    /** A run of a check of a worker ended, or did not start. */
    public void checkEnded(CheckOutcome.Kind kind) {
        checks(kind).increment();
    }

    private Counter checks(CheckOutcome.Kind kind) {
        return registry.counter("smart_dispatcher.checks", "outcome", kind.name());
    }

    /** Checks of a worker that are due, and wait for their turn. */
    public void checksDue(int change) {
        checksDue.addAndGet(change);
    }

    /** The queue after a scheduling cycle. */
    public void queue(int pendingJobs, int runningJobs) {
        pending.set(pendingJobs);
        running.set(runningJobs);
    }
}
