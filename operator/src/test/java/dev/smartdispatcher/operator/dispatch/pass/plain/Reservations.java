package dev.smartdispatcher.operator.dispatch.pass.plain;

import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.pass.Host;
import dev.smartdispatcher.operator.dispatch.pass.Reservation;
import dev.smartdispatcher.operator.dispatch.queue.JobKey;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The room that is kept for jobs, on each worker for one at most. Changes while a pass decides; never leaves the pass. */
final class Reservations {
    private final Map<String, Reservation> byWorker = new TreeMap<>();
    private final Fleet fleet;
    private final Instant now;

    Reservations(Fleet fleet, Instant now) {
        this.fleet = fleet;
        this.now = now;
    }

    /** Whether one more may be made for a tenant. */
    boolean mayKeepFor(String tenant) {
        return byWorker.size() < Reservation.MOST && countOf(tenant) < Reservation.MOST_OF_TENANT;
    }

    private long countOf(String tenant) {
        return byWorker.values().stream()
                .filter(r -> r.job().tenant().equals(tenant))
                .count();
    }

    /** Keeps room for a job on a worker. */
    void keep(PendingJob job, Worker worker) {
        byWorker.put(worker.name(), reservation(job, worker));
    }

    /** Keeps room for a job on that of these workers that frees it soonest, of those where none is kept; if there is one. */
    void keepSoonest(PendingJob job, Stream<Worker> workers) {
        workers.filter(w -> at(w).isEmpty())
                .map(w -> new Reservation.Option(reservation(job, w), fleet.free(w)))
                .min(Comparator.naturalOrder())
                .map(Reservation.Option::reservation)
                .ifPresent(r -> byWorker.put(r.worker().name(), r));
    }

    private Reservation reservation(PendingJob job, Worker worker) {
        return Reservation.of(job, worker, fleet.free(worker), fleet.claims(worker), now);
    }

    /** Drops those of jobs that have started; whether there were any. */
    boolean dropStarted(Set<JobKey> started) {
        return byWorker.values().removeIf(r -> started.contains(r.job().key()));
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
    Host host(Worker worker) {
        return new Host(
                worker, fleet.free(worker), at(worker).map(r -> new Host.Kept(r, r.beside(fleet.claims(worker)))));
    }

    /** The worker on which room is kept for a job, by the job's UID. */
    Map<String, String> workers() {
        return byWorker.values().stream()
                .collect(Collectors.toMap(
                        r -> r.job().key().uid(), r -> r.worker().name()));
    }
}
