package dev.smartdispatcher.operator.dispatch.fleet;

import java.time.Instant;
import java.util.Optional;

/**
 * What one live attempt takes of a worker.
 *
 * @param id the attempt
 * @param tenant whose job it is
 * @param expectedEnd when it ends at the latest, if that is known
 */
public record Claim(AttemptId id, String tenant, String worker, Room room, Optional<Instant> expectedEnd) {

    /** An attempt of a job, identified by the job's UID: a name can be used again. */
    public record AttemptId(String jobUid, int number) {}

    /** Both of the recorded and the actual: the larger room, the later end, an unknown one latest of all. */
    public Claim union(Claim other) {
        var end = expectedEnd.isEmpty() || other.expectedEnd.isEmpty()
                ? Optional.<Instant>empty()
                : Optional.of(
                        expectedEnd.get().isAfter(other.expectedEnd.get())
                                ? expectedEnd.get()
                                : other.expectedEnd.get());
        return new Claim(id, tenant, worker, room.max(other.room), end);
    }

    /** Whether it is known to have ended by this time. */
    public boolean endsBy(Instant time) {
        return expectedEnd.filter(end -> !end.isAfter(time)).isPresent();
    }
}
