package dev.smartdispatcher.operator.scheduler.placement;

import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Room reserved on a worker for a job that can start nowhere now. Others may start there only where they cannot delay it
 * (EASY backfilling: D. Lifka, "The ANL/IBM SP Scheduling System", 1995).
 *
 * @param need what the job takes at its smallest N
 * @param start when enough should have ended: now, if that should be so already; empty if it is not known
 * @param until when the room is given back if the start is not known by then, see {@link ReservationTerm}
 */
public record Reservation(PendingJob job, Worker worker, Room need, Optional<Instant> start, Instant until) {
    /** Jobs that room is reserved for at a time: enough for each class of workers to have its own, few enough to stay cheap. */
    public static final int MOST = 16;

    /** Of these, jobs of one tenant: the first one of each of its most urgent kinds. */
    public static final int MOST_OF_TENANT = 4;

    private static final int PERCENT = 100;

    /** For a job on a worker whose budget could host it, from now on: the start follows from the claims' ends. */
    public static Reservation of(PendingJob job, Worker worker, Room free, Collection<Claim> claims, Instant now) {
        var need = job.envelope().smallest();
        return new Reservation(job, worker, need, start(need, free, claims, now), now);
    }

    /** The same while the room is reserved for so long. */
    public Reservation within(ReservationTerm term) {
        return new Reservation(job, worker, need, start, term.until());
    }

    /**
     * Whether a worker may be kept beside others: all of them together have no more than a share of the farm's cores, but one
     * may be kept however small the farm is.
     *
     * @param reservedMillis CPU of the workers that are kept already, in millicores
     * @param farmMillis CPU of all workers that take jobs
     */
    public static boolean allows(long reservedMillis, Worker worker, long farmMillis, int maxPercent) {
        return reservedMillis == 0
                || (reservedMillis + worker.budget().cpuMillis()) * PERCENT <= farmMillis * maxPercent;
    }

    private static Optional<Instant> start(Room need, Room free, Collection<Claim> claims, Instant now) {
        if (free.fits(need)) {
            return Optional.of(now);
        }
        var left = free;
        var ending = claims.stream()
                .filter(c -> c.end().isPresent())
                .sorted(Comparator.comparing(c -> c.end().get()))
                .toList();
        for (var claim : ending) {
            left = left.plus(claim.room());
            if (left.fits(need)) {
                var end = claim.end().get();
                return Optional.of(end.isBefore(now) ? now : end);
            }
        }
        return Optional.empty();
    }

    /** What is left beside the job when it starts, if the worker's claims are these; negative where it would not fit. */
    public Room beside(Collection<Claim> claims) {
        var left = worker.budget().minus(need);
        for (var claim : claims) {
            if (start.isEmpty() || !claim.endsBy(start.get())) {
                left = left.minus(claim.room());
            }
        }
        return left;
    }

    /**
     * The N up to a wanted one at which another job cannot delay this one; 0 if there is none. Behind a build of unknown length
     * that is nobody who should be gone before the room would be given back: as soon as it ends, all that is left there is known
     * to give way in time.
     *
     * @param beside see {@link #beside}
     */
    public int admitted(PendingJob other, int wanted, Room beside, Instant now) {
        if (start.isEmpty()) {
            return other.isExpectedBy(until, now) ? wanted : 0;
        }
        return other.endsBy(start.get(), now)
                ? wanted
                : Math.min(wanted, other.envelope().largestIn(beside));
    }

    /**
     * A reservation that could be made, and what is free on its worker. The least is the one that can be kept soonest: known
     * before unknown, then a worker on which the job has not failed, then the least CPU to wait for, then the least memory, then the name.
     */
    public record Option(Reservation reservation, Room free) implements Comparable<Option> {
        private static final Comparator<Option> SOONEST = Comparator.comparing(
                        (Option o) -> o.reservation.start().orElse(Instant.MAX))
                .thenComparing(o -> o.reservation
                        .job()
                        .failedOn()
                        .contains(o.reservation.worker().name()))
                .thenComparingLong(o -> o.reservation.need().cpuMillis() - o.free.cpuMillis())
                .thenComparingLong(o -> o.reservation.need().memory() - o.free.memory())
                .thenComparing(o -> o.reservation.worker().name());

        @Override
        public int compareTo(Option other) {
            return SOONEST.compare(this, other);
        }
    }
}
