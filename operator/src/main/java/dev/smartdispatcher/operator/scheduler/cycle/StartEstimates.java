package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.fairshare.FairShareOrder;
import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.placement.StartEstimator;
import dev.smartdispatcher.operator.scheduler.queue.QueuedJob;
import dev.smartdispatcher.operator.scheduler.queue.SchedulingQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When the first of the waiting jobs are expected to start: looked at again when something moved, but not all the time. */
final class StartEstimates {
    private static final Duration EACH = Duration.ofMinutes(1);
    /** So many workers are looked at in no time: then it is looked at each time. */
    private static final int CHEAP = 1_000;

    private final WorkerStates states;
    private final SchedulingQueue queue;
    private final Reservations reservations;
    private Map<String, Instant> starts = Map.of();
    private boolean moved = true;
    private Instant last = Instant.MIN;
    private int work;

    StartEstimates(WorkerStates states, SchedulingQueue queue, Reservations reservations) {
        this.states = states;
        this.queue = queue;
        this.reservations = reservations;
    }

    /** Something changed, was placed or ended since the last look. */
    void move() {
        moved = true;
    }

    /** Looks again if that is due; returns the jobs that have, or had, an estimate, none if it was not. */
    Set<String> update(Instant now) {
        if (!moved || (work > CHEAP && !now.isBefore(last) && now.isBefore(last.plus(EACH)))) {
            return Set.of();
        }
        moved = false;
        last = now;
        var jobs = new HashSet<>(starts.keySet());
        starts = starts(now);
        jobs.addAll(starts.keySet());
        jobs.addAll(reservations.workers().keySet());
        return jobs;
    }

    /** The start of a job as of the last look; empty if it is reserved or not known. */
    Optional<Instant> of(QueuedJob queued) {
        return Optional.ofNullable(starts.get(queued.uid()));
    }

    /** The starts of jobs as of now, by their UIDs; without those that room is reserved for. */
    Map<String, Instant> starts(Instant now) {
        var startEstimator = new StartEstimator(now);
        for (var reserved : reservations.all()) {
            startEstimator.reserve(reserved, place(states.of(reserved.worker().name())));
        }
        var turns = new FairShareOrder(queue.tenants().shares());
        for (var tenant : queue.tenants().all()) {
            if (tenant.isHeld()) {
                continue;
            }
            turns.add(
                    tenant.name(),
                    tenant.jobs(),
                    tenant.chargedMillis(),
                    tenant.usage().cpuSeconds(),
                    queue.line(tenant));
        }
        var found = new HashMap<String, Instant>();
        work = 0;
        for (int i = 0; i < StartEstimator.MOST && startEstimator.goesOn(); i++) {
            var next = turns.next();
            if (next.isEmpty()) {
                break;
            }
            var queued = queue.queued(next.get().key().uid());
            if (!queued.isReserved()) {
                var candidates = queued.equivalenceClass().candidates().length;
                work += candidates;
                startEstimator
                        .next(queued.job(), places(queued, now), candidates)
                        .ifPresent(start -> found.put(queued.uid(), start));
            }
        }
        return found;
    }

    private static List<StartEstimator.Place> places(QueuedJob queued, Instant now) {
        var admission = queued.admission(now);
        var places = new ArrayList<StartEstimator.Place>();
        for (var candidate : queued.equivalenceClass().candidates()) {
            var state = candidate.state;
            if (!isShut(state) && admission.refusal(state.worker()).isEmpty()) {
                places.add(place(state));
            }
        }
        return places;
    }

    private static StartEstimator.Place place(WorkerState state) {
        return new StartEstimator.Place(state.worker(), state.free(), state.claims());
    }

    private static boolean isShut(WorkerState state) {
        return state.reserved() != null
                && state.reserved().reservation().start().isEmpty();
    }
}
