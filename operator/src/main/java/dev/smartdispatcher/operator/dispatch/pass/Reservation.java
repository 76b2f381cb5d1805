package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.operator.dispatch.fleet.Fleet;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.queue.JobKey;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.time.Instant;
import java.util.Optional;

/**
 * Room kept on a worker for a job that fits nowhere now. Others may start there only where they cannot delay it
 * (EASY backfilling: D. Lifka, "The ANL/IBM SP Scheduling System", 1995).
 *
 * @param need what the job takes at its smallest N
 * @param start when enough is known to have ended; empty if that is not known
 */
record Reservation(JobKey job, Worker worker, Room need, Optional<Instant> start) {

    /** For a job on a worker whose budget could host it: the start follows from the claims' known ends. */
    static Reservation of(PendingJob job, Worker worker, Fleet fleet, Instant now) {
        var need = job.envelope().smallest();
        var free = fleet.free(worker);
        var ends = fleet.claims(worker).stream()
                .filter(c -> c.expectedEnd().isPresent())
                .sorted((a, b) ->
                        a.expectedEnd().get().compareTo(b.expectedEnd().get()))
                .toList();
        for (var claim : ends) {
            free = free.plus(claim.room());
            if (free.fits(need)) {
                var end = claim.expectedEnd().get();
                return new Reservation(job.key(), worker, need, Optional.of(end.isBefore(now) ? now : end));
            }
        }
        return new Reservation(job.key(), worker, need, Optional.empty());
    }

    /** Whether another job that takes {@code room} on the worker cannot delay this one. */
    boolean admits(PendingJob other, Room room, Fleet fleet, Instant now) {
        if (start.isEmpty()) {
            return false;
        }
        if (other.duration().filter(d -> !now.plus(d).isAfter(start.get())).isPresent()) {
            return true;
        }
        var atStart = worker.budget().minus(need);
        for (var claim : fleet.claims(worker)) {
            if (!claim.endsBy(start.get())) {
                atStart = atStart.minus(claim.room());
            }
        }
        return atStart.fits(room);
    }
}
