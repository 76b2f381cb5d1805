package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.operator.scheduler.explain.Estimate;
import dev.smartdispatcher.operator.scheduler.explain.Explanation;
import dev.smartdispatcher.operator.scheduler.explain.Tally;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.index.EquivalenceClass;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.placement.AwaitedWorker;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import dev.smartdispatcher.operator.scheduler.queue.AwaitedWorkers;
import dev.smartdispatcher.operator.scheduler.queue.QueuedJob;
import dev.smartdispatcher.operator.scheduler.queue.SchedulingQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Explains to jobs why they wait: to new ones at once, and to all again, a part of them in each scheduling cycle, after something changed on which more
 * depends than what is free. Jobs of equal shape share an answer.
 */
final class Explainer {
    /** Workers looked at for explanations in a scheduling cycle, about: a millisecond or two. */
    private static final int WORK = 15_000;
    /** Jobs explained in a scheduling cycle at most; more than can be written meanwhile. */
    private static final int MOST = 50;

    private final WorkerStates states;
    private final SchedulingQueue queue;
    private final Reservations reservations;
    private final AwaitedWorkers awaited;
    private final StartEstimates startEstimates;
    private final UnexplainedJobs fresh = new UnexplainedJobs();
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private Map<Reason, Integer> unknown = Map.of();
    /** Where explaining all of them again has got to; 0 when it is done. */
    private int sweep;

    private boolean stale;

    Explainer(WorkerStates states, SchedulingQueue queue, Reservations reservations, AwaitedWorkers awaited) {
        this.states = states;
        this.queue = queue;
        this.reservations = reservations;
        this.awaited = awaited;
        startEstimates = new StartEstimates(states, queue, reservations);
    }

    void unknown(Map<Reason, Integer> reasons) {
        unknown = Map.copyOf(reasons);
        stale = true;
    }

    /** Something changed that many reasons depend on. */
    void stale() {
        stale = true;
    }

    /** Something changed that only starts depend on. */
    void move() {
        startEstimates.move();
    }

    /** A job is to be explained in this cycle or the next ones. */
    void explain(QueuedJob queued) {
        if (queued.awaitExplanation()) {
            fresh.add(queued);
        }
    }

    /** A job waits no longer. */
    void forget(QueuedJob queued) {
        count(queued.publishedReason(), -1);
        queued.forgetPublished();
    }

    /** Jobs with a published reason, by reason. */
    Map<Reason, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** Whether jobs are left to be explained. */
    boolean isBehind() {
        return stale || sweep > 0 || !fresh.isEmpty();
    }

    /** What there is to publish now. */
    List<Wait> publish(Instant now) {
        var known = new HashMap<Shape, Explanation>();
        var waits = new ArrayList<Wait>();
        startEstimates.update(now).stream()
                .map(queue::queued)
                .filter(queued -> queued != null && queued.publishedReason() != null)
                .filter(queued -> !Estimate.isAbout(queued.publishedStart(), start(queued), now))
                .forEach(this::explain);
        if (stale && sweep == 0) {
            sweep = queue.all().size();
            stale = false;
        }
        int work = 0;
        while (work < WORK && waits.size() < MOST) {
            var queued = next();
            if (queued == null) {
                break;
            }
            int before = known.size();
            var equivalenceClass = queued.equivalenceClass();
            work += equivalenceClass.isNearestKnown() ? 0 : states.all().size();
            var explanation = explain(queued, now, known, start(queued));
            work += known.size() == before ? 1 : 1 + equivalenceClass.candidates().length;
            published(queued, explanation, now, waits);
        }
        return waits;
    }

    private QueuedJob next() {
        while (!fresh.isEmpty()) {
            var queued = fresh.next();
            queued.explained();
            if (queue.queued(queued.uid()) == queued) {
                return queued;
            }
        }
        // From the end: what takes the place of a job that is removed comes from there, and was explained.
        sweep = Math.min(sweep, queue.all().size());
        return sweep == 0 ? null : queue.all().get(--sweep);
    }

    private void published(QueuedJob queued, Explanation explanation, Instant now, List<Wait> waits) {
        int hash = explanation.fingerprint();
        if (queued.hasPublished(explanation.reason(), hash)
                && Estimate.isAbout(queued.publishedStart(), explanation.estimatedStart(), now)) {
            return;
        }
        count(queued.publishedReason(), -1);
        count(explanation.reason(), 1);
        queued.published(explanation.reason(), hash, explanation.estimatedStart());
        waits.add(new Wait(queued.job().key(), queued.tenant().position(queued), explanation));
    }

    private void count(Reason reason, int more) {
        if (reason != null) {
            counts.merge(reason, more, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    /** Why a job waits, its place, and what is kept for it. */
    Wait wait(QueuedJob queued, Instant now) {
        var start = reservations.of(queued.uid()).map(Reservation::start).orElseGet(() -> awaitedStart(queued)
                .or(() -> Optional.ofNullable(startEstimates.starts(now).get(queued.uid()))));
        return new Wait(
                queued.job().key(), queued.tenant().position(queued), explain(queued, now, new HashMap<>(), start));
    }

    /** When a job is expected to start: where room is reserved for it then, else as of the last look. */
    private Optional<Instant> start(QueuedJob queued) {
        return reservations.of(queued.uid()).map(Reservation::start).orElseGet(() -> awaitedStart(queued)
                .or(() -> startEstimates.of(queued)));
    }

    private Optional<Instant> awaitedStart(QueuedJob queued) {
        return awaited.of(queued.uid()).map(AwaitedWorker::start);
    }

    private record Shape(EquivalenceClass equivalenceClass, PendingJob.Shape shape) {}

    private Explanation explain(QueuedJob queued, Instant now, Map<Shape, Explanation> known, Optional<Instant> start) {
        var own = reservations.of(queued.uid());
        var explanation = own.isPresent()
                ? tally(queued, now)
                : known.computeIfAbsent(
                        new Shape(queued.equivalenceClass(), queued.job().shape()), s -> tally(queued, now));
        explanation = explanation.with(own.map(r -> r.worker().name()), start);
        explanation = awaited.of(queued.uid()).map(explanation::awaiting).orElse(explanation);
        explanation = queue.shortage(queued).map(explanation::lacking).orElse(explanation);
        var tenant = queued.tenant();
        if (tenant.isHeld()) {
            return tenant.published().map(explanation::held).orElse(explanation);
        }
        return tenant.mayStart() ? explanation : explanation.limited(tenant.jobs());
    }

    private Explanation tally(QueuedJob queued, Instant now) {
        var equivalenceClass = queued.equivalenceClass();
        var tally = new Tally(queued.job().requirements(), queued.job().envelope(), unknown);
        equivalenceClass.mismatchCounts().forEach(tally::add);
        var admission = queued.admission(now);
        states.nearest(equivalenceClass).forEach(shortfall -> tally.near(admission.shortfall(shortfall)));
        for (var candidate : equivalenceClass.candidates()) {
            var state = candidate.state;
            var rejection = admission.rejection(state.worker(), state.free(), state.reserved());
            if (rejection.isPresent()) {
                tally.add(rejection.get(), 1);
                admission.limit(state.worker()).ifPresent(tally::limit);
                if (rejection.get().category() != ReasonCategory.Occupied) {
                    tally.near(admission.shortfall(state.worker()));
                }
            } else {
                tally.take();
            }
        }
        return tally.explain(Optional.empty(), Optional.empty());
    }
}
