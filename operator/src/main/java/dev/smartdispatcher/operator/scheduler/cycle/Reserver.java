package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.admission.Admission;
import dev.smartdispatcher.operator.scheduler.index.QueuedJob;
import dev.smartdispatcher.operator.scheduler.index.SchedulingQueue;
import dev.smartdispatcher.operator.scheduler.index.Tenant;
import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import dev.smartdispatcher.operator.scheduler.placement.WorkerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reserves room for jobs that can start nowhere now. */
final class Reserver {
    private final WorkerStates states;
    private final SchedulingQueue queue;
    /** Where room is reserved, by the jobs' UIDs. */
    private final Map<String, WorkerState> byJob = new LinkedHashMap<>();
    /** For how long, and which jobs rest after they had room reserved in vain. */
    private final Map<String, ReservationTerm> terms = new HashMap<>();

    private Instant before = Instant.MIN;

    Reserver(WorkerStates states, SchedulingQueue queue) {
        this.states = states;
        this.queue = queue;
    }

    /** Room is reserved for a job from now on, if that makes sense; or the job rests. */
    void restoreReservation(String job, ReservationTerm term) {
        terms.put(job, term);
        if (!term.resting()) {
            byJob.put(job, states.of(term.worker()));
        }
    }

    /** Drops what makes no sense any more, and looks at what can be known about the rest now. */
    Set<String> renew(Instant now) {
        var dropped = new HashSet<String>();
        var had = new LinkedHashMap<>(byJob);
        byJob.clear();
        terms.keySet().removeIf(job -> queue.queued(job) == null);
        had.forEach((job, state) -> {
            if (queue.queued(job) == null) {
                free(state);
                dropped.add(job);
            }
        });
        had.keySet().stream()
                .map(queue::queued)
                .filter(Objects::nonNull)
                .sorted(QueuedJob.ORDER)
                .forEach(queued -> renew(queued, had.get(queued.uid()), now, dropped));
        before = now;
        return dropped;
    }

    private void renew(QueuedJob queued, WorkerState state, Instant now, Set<String> dropped) {
        var job = queued.uid();
        if (!queued.tenantQueue.tenant.mayStart()
                || !couldHost(queued, state, now)
                || byJob.containsValue(state)
                || !allows(state, reservedMillis())) {
            terms.remove(job);
        } else {
            var reserved = reservation(queued, state, now);
            var term = terms.get(job).at(now, reserved.start());
            if (!term.isOver(now)) {
                byJob.put(job, state);
                terms.put(job, term);
                queued.tenantQueue.markReserved(queued, true);
                var was = state.reserved;
                set(state, reserved.within(term));
                if (was != null && loosened(was, state.reserved, now)) {
                    states.grow(state);
                }
                return;
            }
            terms.put(job, term.rest(now));
        }
        dropped.add(job);
        queued.tenantQueue.markReserved(queued, false);
        if (!byJob.containsValue(state)) {
            free(state);
        }
    }

    /** Whether a job that rested since the room was given back may have some again, which it might not at the last renewal. */
    boolean hasRested(Instant last, Instant now) {
        return terms.values().stream().anyMatch(h -> h.resting() && h.isOver(now) && !h.isOver(last));
    }

    /** When reservations were last renewed. */
    Instant renewed() {
        return before;
    }

    private long reservedMillis() {
        return byJob.values().stream().mapToLong(WorkerState::budgetCpu).sum();
    }

    private boolean allows(WorkerState state, long reservedMillis) {
        return Reservation.allows(
                reservedMillis,
                state.worker,
                states.budgetMillis(),
                queue.shares().maxReservedPercent());
    }

    private boolean couldHost(QueuedJob queued, WorkerState state, Instant now) {
        return queued.tenantQueue.equivalenceClass.isServedBy(state)
                && new Admission(queued.job, now).refusal(state.worker).isEmpty();
    }

    /** Whether jobs may start beside the reservation now that could not before. */
    private boolean loosened(WorkerSnapshot.Kept was, WorkerSnapshot.Kept is, Instant now) {
        var start = is.reservation().start();
        return !was.beside().fits(is.beside())
                || start.isEmpty() && was.reservation().start().isPresent()
                || Duration.between(now, limit(is)).compareTo(Duration.between(before, limit(was))) > 0;
    }

    /** By when others have to be gone. */
    private static Instant limit(WorkerSnapshot.Kept reserved) {
        return reserved.reservation().start().orElse(reserved.reservation().until());
    }

    /** Reserves room for the first job of each tenant queue that can start nowhere, poorest tenants first. */
    Set<String> reserve(Selector selector, Instant now) {
        var added = new HashSet<String>();
        if (byJob.size() >= Reservation.MOST) {
            return added;
        }
        var counts = counts();
        for (var tenant : queue.poorestFirst()) {
            if (!tenant.mayStart() || counts.getOrDefault(tenant, 0) >= Reservation.MOST_OF_TENANT) {
                continue;
            }
            var heads = tenant.tenantQueues.values().stream()
                    .map(tenantQueue -> tenantQueue.ready.first())
                    .filter(e -> e != null && !e.isReserved())
                    .sorted(QueuedJob.ORDER)
                    .toList();
            for (var head : heads) {
                if (byJob.size() < Reservation.MOST
                        && counts.getOrDefault(tenant, 0) < Reservation.MOST_OF_TENANT
                        && !rests(head, now)
                        && !selector.canStart(head)
                        && reserve(head, now)) {
                    counts.merge(tenant, 1, Integer::sum);
                    added.add(head.uid());
                }
            }
        }
        return added;
    }

    private boolean rests(QueuedJob queued, Instant now) {
        var term = terms.get(queued.uid());
        return term != null && !term.isOver(now);
    }

    /** Workers that were reserved in vain a while ago. */
    private Set<String> resting(Instant now) {
        return terms.entrySet().stream()
                .filter(t -> t.getValue().resting() && !t.getValue().isOver(now) && queue.queued(t.getKey()) != null)
                .map(t -> t.getValue().worker())
                .collect(Collectors.toSet());
    }

    private Map<Tenant, Integer> counts() {
        var counts = new HashMap<Tenant, Integer>();
        byJob.keySet().forEach(uid -> counts.merge(queue.queued(uid).tenantQueue.tenant, 1, Integer::sum));
        return counts;
    }

    private boolean reserve(QueuedJob queued, Instant now) {
        long reservedMillis = reservedMillis();
        var resting = resting(now);
        var admission = new Admission(queued.job, now);
        Optional<Reservation.Option> soonest = Optional.empty();
        for (var candidate : queued.tenantQueue.equivalenceClass.candidates()) {
            var state = candidate.state;
            if (state.reserved == null
                    && !resting.contains(state.name)
                    && allows(state, reservedMillis)
                    && admission.refusal(state.worker).isEmpty()) {
                var option = new Reservation.Option(reservation(queued, state, now), state.free);
                soonest = soonest.filter(s -> s.compareTo(option) <= 0).or(() -> Optional.of(option));
            }
        }
        soonest.ifPresent(option -> {
            var state = states.of(option.reservation().worker().name());
            var before = Optional.ofNullable(terms.get(queued.uid()));
            var term = ReservationTerm.begin(state.name, before, now)
                    .at(now, option.reservation().start());
            byJob.put(queued.uid(), state);
            terms.put(queued.uid(), term);
            queued.tenantQueue.markReserved(queued, true);
            set(state, option.reservation().within(term));
        });
        return soonest.isPresent();
    }

    private static Reservation reservation(QueuedJob queued, WorkerState state, Instant now) {
        return Reservation.of(queued.job, state.worker, state.free, state.claims.values(), now);
    }

    /** Something started on a worker state. */
    void started(WorkerState state) {
        if (state.reserved != null) {
            state.reserved = kept(state, state.reserved.reservation());
        }
    }

    private void set(WorkerState state, Reservation reservation) {
        charge(state, -1);
        state.reserved = kept(state, reservation);
        charge(state, 1);
    }

    private static WorkerSnapshot.Kept kept(WorkerState state, Reservation reservation) {
        return new WorkerSnapshot.Kept(reservation, reservation.beside(state.claims.values()));
    }

    /** Room that is reserved counts for its tenant as if the job ran. */
    private void charge(WorkerState state, int sign) {
        if (state.reserved != null) {
            var reservation = state.reserved.reservation();
            queue.tenant(reservation.job().tenant())
                    .reserved(sign * reservation.need().cpuMillis());
        }
    }

    /** The room that was kept for a job is free again, if any was. */
    boolean release(String job) {
        var state = byJob.remove(job);
        terms.remove(job);
        if (state != null) {
            free(state);
        }
        return state != null;
    }

    private void free(WorkerState state) {
        charge(state, -1);
        state.reserved = null;
        states.grow(state);
    }

    /** Whether room is reserved for a job. */
    Optional<Reservation> of(String job) {
        return Optional.ofNullable(byJob.get(job)).map(state -> state.reserved.reservation());
    }

    /** All the room that is reserved, as of the last {@link #renew} or {@link #reserve}. */
    List<Reservation> all() {
        return byJob.values().stream()
                .filter(state -> state.reserved != null)
                .map(state -> state.reserved.reservation())
                .toList();
    }

    /** The workers by the jobs that room is reserved for. */
    Map<String, String> workers() {
        var workers = new HashMap<String, String>();
        byJob.forEach((job, state) -> workers.put(job, state.name));
        return workers;
    }

    /** For how long room is reserved for jobs that wait, and which rest, by their UIDs. */
    Map<String, ReservationTerm> terms() {
        var waiting = new HashMap<>(terms);
        waiting.keySet().removeIf(job -> queue.queued(job) == null);
        return waiting;
    }
}
