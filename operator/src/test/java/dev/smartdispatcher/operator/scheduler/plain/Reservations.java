package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import dev.smartdispatcher.operator.scheduler.placement.WorkerSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The room that is reserved for jobs, on each worker for one at most. Changes while a scheduling cycle decides; never leaves the scheduling cycle. */
final class Reservations {
    private final Map<String, Reservation> byWorker = new TreeMap<>();
    /** Since when, and which jobs rest, by UID. */
    private final Map<String, ReservationTerm> terms = new TreeMap<>();

    private final Fleet fleet;
    private final int maxPercent;
    private final Instant now;

    Reservations(Fleet fleet, int maxPercent, Instant now) {
        this.fleet = fleet;
        this.maxPercent = maxPercent;
        this.now = now;
    }

    /** A job has rested, or rests still. */
    void rest(PendingJob job, ReservationTerm term) {
        terms.put(job.key().uid(), term);
    }

    /** Whether one more may be made for a tenant. */
    boolean mayReserveFor(String tenant) {
        return byWorker.size() < Reservation.MOST && countOf(tenant) < Reservation.MOST_OF_TENANT;
    }

    private long countOf(String tenant) {
        return byWorker.values().stream()
                .filter(r -> r.job().tenant().equals(tenant))
                .count();
    }

    /** Goes on keeping room for a job on a worker, unless it was reserved in vain for too long. */
    void restore(PendingJob job, Worker worker, ReservationTerm before) {
        if (at(worker).isPresent() || !allows(worker)) {
            return;
        }
        var reservation = reservation(job, worker);
        var term = before.at(now, reservation.start());
        if (term.isOver(now)) {
            terms.put(job.key().uid(), term.rest(now));
        } else {
            restore(reservation, term);
        }
    }

    private void restore(Reservation reservation, ReservationTerm term) {
        terms.put(reservation.job().key().uid(), term);
        byWorker.put(reservation.worker().name(), reservation.within(term));
    }

    /** Whether all together have no more than their share of the farm with this worker. */
    private boolean allows(Worker worker) {
        long reserved = byWorker.values().stream()
                .mapToLong(r -> r.worker().budget().cpuMillis())
                .sum();
        long farm = fleet.workers().stream()
                .filter(w -> w.closed().isEmpty())
                .mapToLong(w -> w.budget().cpuMillis())
                .sum();
        return Reservation.allows(reserved, worker, farm, maxPercent);
    }

    private boolean rests(Worker worker) {
        return terms.values().stream()
                .anyMatch(h ->
                        h.resting() && now.isBefore(h.until()) && h.worker().equals(worker.name()));
    }

    private boolean rests(PendingJob job) {
        var term = terms.get(job.key().uid());
        return term != null && term.resting() && now.isBefore(term.until());
    }

    /** Reserves room for a job on that of these workers that frees it soonest, of those where none is kept; if there is one. */
    void reserveSoonest(PendingJob job, Stream<Worker> workers) {
        if (rests(job)) {
            return;
        }
        workers.filter(w -> at(w).isEmpty() && !rests(w) && allows(w))
                .map(w -> new Reservation.Option(reservation(job, w), fleet.free(w)))
                .min(Comparator.naturalOrder())
                .map(Reservation.Option::reservation)
                .ifPresent(r -> restore(
                        r,
                        ReservationTerm.begin(
                                        r.worker().name(),
                                        Optional.ofNullable(terms.get(job.key().uid())),
                                        now)
                                .at(now, r.start())));
    }

    private Reservation reservation(PendingJob job, Worker worker) {
        return Reservation.of(job, worker, fleet.free(worker), fleet.claims(worker), now);
    }

    /** Drops those of jobs that have started; whether there were any. */
    boolean dropStarted(Set<JobKey> started) {
        started.forEach(job -> terms.remove(job.uid()));
        return byWorker.values().removeIf(r -> started.contains(r.job().key()));
    }

    /** CPU that is kept for a tenant's jobs, in millicores. */
    long reservedMillis(String tenant) {
        return byWorker.values().stream()
                .filter(r -> r.job().tenant().equals(tenant))
                .mapToLong(r -> r.need().cpuMillis())
                .sum();
    }

    Map<String, ReservationTerm> terms() {
        return terms;
    }

    Collection<Reservation> all() {
        return byWorker.values();
    }

    Optional<Reservation> at(Worker worker) {
        return Optional.ofNullable(byWorker.get(worker.name()));
    }

    Optional<Reservation> of(PendingJob job) {
        return byWorker.values().stream()
                .filter(r -> r.job().key().equals(job.key()))
                .findFirst();
    }

    /** The worker with what is free and kept there now. */
    WorkerSnapshot host(Worker worker) {
        return new WorkerSnapshot(
                worker,
                fleet.free(worker),
                at(worker).map(r -> new WorkerSnapshot.Reserved(r, r.beside(fleet.claims(worker)))));
    }
}
