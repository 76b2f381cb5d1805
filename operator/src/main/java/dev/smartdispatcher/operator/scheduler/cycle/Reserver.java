package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import dev.smartdispatcher.operator.scheduler.placement.WorkerSnapshot;
import dev.smartdispatcher.operator.scheduler.queue.QueuedJob;
import dev.smartdispatcher.operator.scheduler.queue.SchedulingQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Decides for which jobs that can start nowhere now room is reserved, where, and for how long. */
final class Reserver {
    private final WorkerStates states;
    private final SchedulingQueue queue;
    private final Reservations reservations;
    private Instant before = Instant.MIN;

    Reserver(WorkerStates states, SchedulingQueue queue, Reservations reservations) {
        this.states = states;
        this.queue = queue;
        this.reservations = reservations;
    }

    /** Drops the reservations that make no sense any more, and determines the expected start of the others. Returns the dropped jobs. */
    Set<String> renew(Instant now) {
        var dropped = new HashSet<String>();
        var had = reservations.takeAll();
        reservations.forgetGone();
        had.forEach((job, state) -> {
            if (queue.queued(job) == null) {
                reservations.free(state);
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
        Optional<ReservationTerm> rest = Optional.empty();
        if (queued.tenant().mayStart()
                && !queue.lacks(queued.tenantQueue())
                && couldHost(queued, state, now)
                && !reservations.isReserved(state)
                && reservations.allow(state, reservations.budgetMillis())) {
            var renewed = reservation(queued, state, now);
            var term = reservations.term(queued.uid()).at(now, renewed.start());
            if (!term.isOver(now)) {
                var was = state.reserved();
                reservations.put(queued, state, renewed, term);
                if (was != null && isLoosened(was, state.reserved(), now)) {
                    states.free(state);
                }
                return;
            }
            rest = Optional.of(term.rest(now));
        }
        dropped.add(queued.uid());
        reservations.drop(queued, rest);
        if (!reservations.isReserved(state)) {
            reservations.free(state);
        }
    }

    /** When reservations were last renewed. */
    Instant renewed() {
        return before;
    }

    private static boolean couldHost(QueuedJob queued, WorkerState state, Instant now) {
        return queued.equivalenceClass().isServedBy(state)
                && queued.admission(now).refusal(state.worker()).isEmpty();
    }

    /** Whether jobs may start beside the reservation now that could not before. */
    private boolean isLoosened(WorkerSnapshot.Reserved was, WorkerSnapshot.Reserved is, Instant now) {
        var start = is.reservation().start();
        return !was.beside().fits(is.beside())
                || start.isEmpty() && was.reservation().start().isPresent()
                || Duration.between(now, limit(is)).compareTo(Duration.between(before, limit(was))) > 0;
    }

    /** By when others have to be gone. */
    private static Instant limit(WorkerSnapshot.Reserved reserved) {
        return reserved.reservation().start().orElse(reserved.reservation().until());
    }

    /** Reserves room for the first job of each tenant queue that can start nowhere, poorest tenants first. Returns these jobs. */
    Set<String> reserve(Selector selector, Instant now) {
        var added = new HashSet<String>();
        if (reservations.size() >= Reservation.MOST) {
            return added;
        }
        var counts = reservations.counts();
        for (var tenant : queue.tenants().poorestFirst()) {
            if (!tenant.mayStart() || counts.getOrDefault(tenant, 0) >= Reservation.MOST_OF_TENANT) {
                continue;
            }
            var heads = tenant.tenantQueues().stream()
                    .filter(tenantQueue -> !queue.lacks(tenantQueue))
                    .map(tenantQueue -> tenantQueue.firstReady())
                    .filter(e -> e != null && !e.isReserved())
                    .sorted(QueuedJob.ORDER)
                    .toList();
            for (var head : heads) {
                if (reservations.size() < Reservation.MOST
                        && counts.getOrDefault(tenant, 0) < Reservation.MOST_OF_TENANT
                        && !reservations.hasTerm(head, now)
                        && !selector.canStart(head)
                        && reserve(head, now)) {
                    counts.merge(tenant, 1, Integer::sum);
                    added.add(head.uid());
                }
            }
        }
        return added;
    }

    private boolean reserve(QueuedJob queued, Instant now) {
        var resting = reservations.resting(now);
        var admission = queued.admission(now);
        long reservedMillis = reservations.budgetMillis();
        Optional<Reservation.Option> soonest = Optional.empty();
        for (var candidate : queued.equivalenceClass().candidates()) {
            var state = candidate.state;
            if (state.reserved() == null
                    && !resting.contains(state.name())
                    && reservations.allow(state, reservedMillis)
                    && admission.refusal(state.worker()).isEmpty()) {
                var option = new Reservation.Option(reservation(queued, state, now), state.free());
                soonest = soonest.filter(s -> s.compareTo(option) <= 0).or(() -> Optional.of(option));
            }
        }
        soonest.ifPresent(option -> {
            var state = states.of(option.reservation().worker().name());
            var last = Optional.ofNullable(reservations.term(queued.uid()));
            var term = ReservationTerm.begin(state.name(), last, now)
                    .at(now, option.reservation().start());
            reservations.put(queued, state, option.reservation(), term);
        });
        return soonest.isPresent();
    }

    private static Reservation reservation(QueuedJob queued, WorkerState state, Instant now) {
        return Reservation.of(queued.job(), state.worker(), state.free(), state.claims(), now);
    }
}
