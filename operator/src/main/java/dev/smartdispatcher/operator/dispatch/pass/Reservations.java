package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.operator.dispatch.fleet.Fleet;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The room kept in a pass: at most one job's on a worker, for the first jobs in queue order that fit nowhere. */
final class Reservations {
    /** Jobs that room is kept for in a pass: enough for each class of workers to have its own, few enough to stay cheap. */
    static final int MOST = 16;

    private final Map<String, Reservation> byWorker = new HashMap<>();

    /** The reservation on a worker, if there is one. */
    Optional<Reservation> on(Worker worker) {
        return Optional.ofNullable(byWorker.get(worker.name()));
    }

    /**
     * Keeps room for a job on that of the workers which can free it soonest: known before unknown, then the least CPU to
     * wait for, then the name. Nothing if all of them are reserved already, or enough jobs have room kept.
     */
    Optional<Reservation> reserve(PendingJob job, List<Worker> couldHost, Fleet fleet, Instant now) {
        if (byWorker.size() >= MOST) {
            return Optional.empty();
        }
        var best = couldHost.stream()
                .filter(w -> !byWorker.containsKey(w.name()))
                .map(w -> Reservation.of(job, w, fleet, now))
                .min(Comparator.comparing((Reservation r) -> r.start().orElse(Instant.MAX))
                        .thenComparingLong(r ->
                                r.need().cpuMillis() - fleet.free(r.worker()).cpuMillis())
                        .thenComparingLong(
                                r -> r.need().memory() - fleet.free(r.worker()).memory())
                        .thenComparing(r -> r.worker().name()));
        best.ifPresent(r -> byWorker.put(r.worker().name(), r));
        return best;
    }
}
