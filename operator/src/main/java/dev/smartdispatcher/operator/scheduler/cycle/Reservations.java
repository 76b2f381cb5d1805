package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import dev.smartdispatcher.operator.scheduler.placement.WorkerSnapshot;
import dev.smartdispatcher.operator.scheduler.queue.QueuedJob;
import dev.smartdispatcher.operator.scheduler.queue.SchedulingQueue;
import dev.smartdispatcher.operator.scheduler.queue.Tenant;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which worker is reserved for which job and for how long. Tenants are charged for reserved room as if the job ran. */
final class Reservations {
    private final WorkerStates states;
    private final SchedulingQueue queue;
    /** Where room is reserved, by the jobs' UIDs. */
    private final Map<String, WorkerState> byJob = new LinkedHashMap<>();
    /** For how long, and which jobs rest after they had room reserved in vain; by the jobs' UIDs. */
    private final Map<String, ReservationTerm> terms = new HashMap<>();

    Reservations(WorkerStates states, SchedulingQueue queue) {
        this.states = states;
        this.queue = queue;
    }

    /** What was recorded before the operator started: room is reserved for a job, or the job rests. */
    void restore(String job, ReservationTerm term) {
        terms.put(job, term);
        if (!term.resting()) {
            byJob.put(job, states.of(term.worker()));
        }
    }

    int size() {
        return byJob.size();
    }

    /** Takes out all workers, to be renewed one by one; returns them by job, in the order in which they were reserved. */
    Map<String, WorkerState> takeAll() {
        var had = new LinkedHashMap<>(byJob);
        byJob.clear();
        return had;
    }

    /** Room is reserved for a job, in place of what was reserved on the worker. */
    void put(QueuedJob queued, WorkerState state, Reservation reservation, ReservationTerm term) {
        byJob.put(queued.uid(), state);
        terms.put(queued.uid(), term);
        queued.tenantQueue().markReserved(queued, true);
        charge(state, -1);
        state.reserve(reserved(state, reservation.within(term)));
        charge(state, 1);
    }

    /** No room is reserved for a job any more, as far as the job is concerned; it rests if there is a term. */
    void drop(QueuedJob queued, Optional<ReservationTerm> rest) {
        terms.remove(queued.uid());
        rest.ifPresent(term -> terms.put(queued.uid(), term));
        queued.tenantQueue().markReserved(queued, false);
    }

    /** Forgets the terms of jobs that do not wait any more. */
    void forgetGone() {
        terms.keySet().removeIf(job -> queue.queued(job) == null);
    }

    /** The room on a worker is free again. */
    void free(WorkerState state) {
        charge(state, -1);
        state.releaseReservation();
        states.free(state);
    }

    /** The room that was reserved for a job is free again, if any was. */
    void release(String job) {
        var state = byJob.remove(job);
        terms.remove(job);
        if (state != null) {
            free(state);
        }
    }

    /** A job started on a worker: less may start beside the reservation. */
    void started(WorkerState state) {
        if (state.reserved() != null) {
            state.reserve(reserved(state, state.reserved().reservation()));
        }
    }

    private static WorkerSnapshot.Reserved reserved(WorkerState state, Reservation reservation) {
        return new WorkerSnapshot.Reserved(reservation, reservation.beside(state.claims()));
    }

    private void charge(WorkerState state, int sign) {
        if (state.reserved() != null) {
            var reservation = state.reserved().reservation();
            queue.tenants()
                    .of(reservation.job().tenant())
                    .reserved(sign * reservation.need().cpuMillis());
        }
    }

    /** Whether room is reserved on a worker for one of the jobs. */
    boolean isReserved(WorkerState state) {
        return byJob.containsValue(state);
    }

    /** CPU of the workers on which room is reserved, in millicores. */
    long budgetMillis() {
        return byJob.values().stream().mapToLong(WorkerState::budgetCpu).sum();
    }

    /** Whether room may be reserved on one more worker beside this CPU, see {@link Reservation#allows}. */
    boolean allow(WorkerState state, long reservedMillis) {
        return Reservation.allows(
                reservedMillis,
                state.worker(),
                states.budgetMillis(),
                queue.tenants().shares().maxReservedPercent());
    }

    /** The number of reservations by tenant. */
    Map<Tenant, Integer> counts() {
        var counts = new HashMap<Tenant, Integer>();
        byJob.keySet().forEach(uid -> counts.merge(queue.queued(uid).tenant(), 1, Integer::sum));
        return counts;
    }

    /** The term of a job; null if there is none. */
    ReservationTerm term(String job) {
        return terms.get(job);
    }

    /** Whether a job rests, or has a reservation. */
    boolean hasTerm(QueuedJob queued, Instant now) {
        var term = terms.get(queued.uid());
        return term != null && !term.isOver(now);
    }

    /** Whether a job that rested may have room reserved again, which it might not at the last renewal. */
    boolean hasRested(Instant last, Instant now) {
        return terms.values().stream().anyMatch(t -> t.resting() && t.isOver(now) && !t.isOver(last));
    }

    /** The workers that were reserved in vain a while ago. */
    Set<String> resting(Instant now) {
        return terms.entrySet().stream()
                .filter(t -> t.getValue().resting() && !t.getValue().isOver(now) && queue.queued(t.getKey()) != null)
                .map(t -> t.getValue().worker())
                .collect(Collectors.toSet());
    }

    /** The reservation of a job. */
    Optional<Reservation> of(String job) {
        return Optional.ofNullable(byJob.get(job)).map(state -> state.reserved().reservation());
    }

    /** All the room that is reserved. */
    List<Reservation> all() {
        return byJob.values().stream()
                .filter(state -> state.reserved() != null)
                .map(state -> state.reserved().reservation())
                .toList();
    }

    /** The workers by the UIDs of the jobs that room is reserved for. */
    Map<String, String> workers() {
        var workers = new HashMap<String, String>();
        byJob.forEach((job, state) -> workers.put(job, state.name()));
        return workers;
    }

    /** For how long room is reserved for jobs that wait, and which rest, by their UIDs. */
    Map<String, ReservationTerm> terms() {
        var waiting = new HashMap<>(terms);
        waiting.keySet().removeIf(job -> queue.queued(job) == null);
        return waiting;
    }
}
