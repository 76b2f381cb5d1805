package dev.smartdispatcher.operator.scheduler.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * For how long a worker is reserved for a job. Room that is reserved behind a build of unknown length, or behind one that goes on when
 * it should have ended, stays idle for nothing perhaps: it is given back after a while. For as long a time that worker is kept
 * for nobody and no other for the job; after that for twice as long, so that in the end the job has its turn.
 *
 * @param since when the room was first kept; when it was given back if the job rests
 * @param promised the first start that was known while it was kept; empty if none was yet
 * @param span how long after that, or without it since the beginning, the room is reserved; as long is the rest
 * @param resting whether the room was given back
 */
public record ReservationTerm(
        String worker, Instant since, Optional<Instant> promised, Duration span, boolean resting) {
    /** Most builds end in this time; what is idle meanwhile is bounded by the policy's share. */
    public static final Duration FIRST = Duration.ofMinutes(30);

    public static final Duration LONGEST = Duration.ofHours(8);

    /** A job's first. */
    public ReservationTerm(String worker, Instant since) {
        this(worker, since, Optional.empty(), FIRST, false);
    }

    /** Room is reserved from now on, after what there was before. */
    public static ReservationTerm begin(String worker, Optional<ReservationTerm> before, Instant now) {
        return new ReservationTerm(
                worker,
                now,
                Optional.empty(),
                before.map(ReservationTerm::span).map(ReservationTerm::twice).orElse(FIRST),
                false);
    }

    private static Duration twice(Duration span) {
        var twice = span.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    /** When the room is given back at the latest if the job has not started, or the rest is over. */
    public Instant until() {
        return promised.orElse(since).plus(span);
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(until());
    }

    /** As of now, where the start is expected then. A clock that was set back prolongs nothing. */
    public ReservationTerm at(Instant now, Optional<Instant> start) {
        return new ReservationTerm(worker, since.isAfter(now) ? now : since, promised.or(() -> start), span, resting);
    }

    /** The room is given back. */
    public ReservationTerm rest(Instant now) {
        return new ReservationTerm(worker, now, Optional.empty(), span, true);
    }
}
