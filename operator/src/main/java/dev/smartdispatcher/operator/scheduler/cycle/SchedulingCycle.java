package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.placement.Decision;
import dev.smartdispatcher.operator.scheduler.queue.AwaitedWorkers;
import dev.smartdispatcher.operator.scheduler.queue.SchedulingQueue;
import dev.smartdispatcher.operator.scheduler.queue.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scheduling cycle over the indexes: renews reservations, reserves, places and explains, in this order. */
final class SchedulingCycle {
    private final WorkerStates states;
    private final SchedulingQueue queue;
    private final Reservations reservations;
    private final Reserver reserver;
    private final AwaitedWorkers awaited;
    private final Explainer explainer;
    private final int enough;
    /** Whether anything changed since the last cycle that placed all it could. */
    private boolean touched = true;

    /** @param enough workers that are compared for a job at most, see {@link Selector} */
    SchedulingCycle(
            WorkerStates states,
            SchedulingQueue queue,
            Reservations reservations,
            AwaitedWorkers awaited,
            Explainer explainer,
            int enough) {
        this.states = states;
        this.queue = queue;
        this.reservations = reservations;
        this.awaited = awaited;
        reserver = new Reserver(states, queue, reservations);
        this.explainer = explainer;
        this.enough = enough;
    }

    /** Something changed that placements depend on. */
    void touch() {
        touched = true;
    }

    /** Places up to a number of jobs; if more could start, explains nothing. */
    CycleResult run(Instant now, int most, CyclePhase.Listener listener) {
        var decisions = new ArrayList<Decision>();
        for (var tenant : queue.freeLimits()) {
            queue.of(tenant.name()).forEach(explainer::explain);
        }
        states.classify();
        var last = reserver.renewed();
        explain(reserver.renew(now));
        touched |= reservations.hasRested(last, now);
        listener.finished(CyclePhase.RENEW);
        // What is waited for may come later than it was to, and time alone may end the wait.
        if (touched || states.hasFreed() || !awaited.jobs().isEmpty()) {
            explainer.move();
            awaited.begin();
            touched = !place(decisions, now, most, listener);
            awaited.jobs().forEach(queue::retry);
            explain(awaited.changed());
            if (touched) {
                return new CycleResult(decisions, List.of(), true);
            }
        }
        if (queue.tenants().all().stream().filter(Tenant::hasLimitChanged).count() > 0) {
            explainer.stale();
        }
        queue.changedLacks().forEach(explainer::explain);
        var waits = explainer.publish(now);
        listener.finished(CyclePhase.EXPLAIN);
        return new CycleResult(decisions, waits, explainer.isBehind());
    }

    /** Returns whether nothing more can be placed. */
    private boolean place(List<Decision> decisions, Instant now, int most, CyclePhase.Listener listener) {
        Placer placer;
        do {
            var selector = new Selector(states, awaited, now, enough);
            reserve(selector, now, listener);
            placer = new Placer(states, queue, reservations, selector, most - decisions.size());
            placer.run();
            placer.gone().forEach(explainer::forget);
            decisions.addAll(placer.placements());
            listener.looked(placer.looks());
            listener.finished(CyclePhase.PLACE);
            if (placer.isCut()) {
                return false;
            }
        } while (placer.hasFreed());
        reserve(new Selector(states, awaited, now, enough), now, listener);
        return true;
    }

    private void reserve(Selector selector, Instant now, CyclePhase.Listener listener) {
        explain(reserver.reserve(selector, now));
        listener.finished(CyclePhase.RESERVE);
    }

    private void explain(Iterable<String> jobs) {
        jobs.forEach(job -> Optional.ofNullable(queue.queued(job)).ifPresent(explainer::explain));
    }
}
