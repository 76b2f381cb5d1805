package dev.smartdispatcher.e2e.bench.dispatch;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.scheduler.cycle.CyclePhase;
import dev.smartdispatcher.operator.scheduler.cycle.CycleResult;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.intake.Intake;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A farm at work: an empty fleet and a long queue; the fleet is filled, then builds end and others start in their place, until
 * half of the jobs have started. A scheduling cycle places no more than some jobs, as the operator's do, and comes again at once if there
 * are more; else a tenth of a second of the farm's time later.
 */
final class Drain {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Scheduler scheduler;
    private final Intake admission;
    private final int goal;
    private final Random random = new Random(1);
    private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparing(Running::end));
    private final PassTimes times;
    private final Map<CyclePhase, Long> phases = new EnumMap<>(CyclePhase.class);
    private Instant now;
    private long lap;
    private int placed;

    private record Running(Placement placement, Instant end) {}

    /** Everything waits. What each cycle takes is added to {@code times}. */
    Drain(Farm farm, Instant now, PassTimes times) {
        this.now = now;
        this.times = times;
        goal = (farm.jobs().size() + 1) / 2;
        scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, now);
        farm.workers().forEach(scheduler::put);
        admission = new Intake(scheduler);
        farm.jobs().forEach(admission::put);
    }

    /** Runs until half of the jobs have started or nothing runs any more; returns how many have. */
    int run() {
        do {
            if (!pass()) {
                end();
            }
        } while (placed < goal && !running.isEmpty());
        return placed;
    }

    /** Whether more can be placed at once. */
    private boolean pass() {
        var outcome = timed(this::finished);
        for (var placement : outcome.placements()) {
            admission.remove(placement.job().tenant(), placement.job().key().uid());
            running.add(new Running(placement, now.plusSeconds(30 + random.nextInt(600))));
        }
        placed += outcome.placements().size();
        boolean behind = outcome.behind() && outcome.waits().isEmpty();
        return behind || admission.look(now);
    }

    private CycleResult timed(CyclePhase.Listener listener) {
        long begin = System.nanoTime();
        lap = begin;
        var outcome = scheduler.runCycle(now, Scheduler.MOST_AT_ONCE, listener);
        times.add(System.nanoTime() - begin);
        return outcome;
    }

    private void finished(CyclePhase phase) {
        long time = System.nanoTime();
        phases.merge(phase, time - lap, Long::sum);
        lap = time;
    }

    /** Time goes on to when something ends. */
    private void end() {
        if (running.isEmpty()) {
            return;
        }
        var next = running.peek().end();
        now = now.plus(TICK).isAfter(next) ? now.plus(TICK) : next;
        scheduler.advance(now);
        while (!running.isEmpty() && !running.peek().end().isAfter(now)) {
            var claim = running.poll().placement().claim();
            scheduler.release(claim.id(), claim.worker());
        }
    }

    /** Passes until nobody is left to be told why he waits. */
    void settle() {
        boolean behind;
        do {
            behind = timed(CyclePhase.Listener.NONE).behind();
        } while (behind);
    }

    /** A scheduling cycle that finds nothing new. */
    int idle() {
        return scheduler
                .runCycle(now, Scheduler.MOST_AT_ONCE, CyclePhase.Listener.NONE)
                .placements()
                .size();
    }

    /** Nanoseconds spent in each phase. */
    Map<CyclePhase, Long> phases() {
        return phases;
    }
}
