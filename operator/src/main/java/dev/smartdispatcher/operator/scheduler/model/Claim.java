package dev.smartdispatcher.operator.scheduler.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one live attempt takes of a worker, and of what the whole farm has a number of.
 *
 * @param id the attempt
 * @param tenant whose job it is
 * @param expectedEnd when it ends at the latest, if that is known
 * @param likelyEnd when it ends by what earlier builds took, if there were any; it may well run on
 * @param counted units of counted resources that it holds, by their names
 */
public record Claim(
        AttemptId id,
        String tenant,
        String worker,
        Room room,
        Optional<Instant> expectedEnd,
        Optional<Instant> likelyEnd,
        Map<String, Integer> counted) {

    public Claim {
        counted = Map.copyOf(counted);
    }

    /** Of a job that holds nothing counted. */
    public Claim(
            AttemptId id,
            String tenant,
            String worker,
            Room room,
            Optional<Instant> expectedEnd,
            Optional<Instant> likelyEnd) {
        this(id, tenant, worker, room, expectedEnd, likelyEnd, Map.of());
    }

    /** The same, of a job of which no earlier builds are known. */
    public Claim(AttemptId id, String tenant, String worker, Room room, Optional<Instant> expectedEnd) {
        this(id, tenant, worker, room, expectedEnd, Optional.empty());
    }

    /** An attempt of a job, identified by the job's UID: a name can be used again. */
    public record AttemptId(String jobUid, int number) {}

    /** The same with what it holds of counted resources. */
    public Claim holding(Map<String, Integer> units) {
        return new Claim(id, tenant, worker, room, expectedEnd, likelyEnd, units);
    }

    /** Both of the recorded and the actual: the larger room, the later end, an unknown one latest of all. */
    public Claim union(Claim other) {
        return new Claim(
                id,
                tenant,
                worker,
                room.max(other.room),
                later(expectedEnd, other.expectedEnd),
                later(likelyEnd, other.likelyEnd).or(() -> likelyEnd.or(() -> other.likelyEnd)),
                most(counted, other.counted));
    }

    private static Map<String, Integer> most(Map<String, Integer> one, Map<String, Integer> other) {
        var all = new HashMap<>(one);
        other.forEach((name, units) -> all.merge(name, units, Math::max));
        return all;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.flatMap(a -> other.map(b -> a.isAfter(b) ? a : b));
    }

    /** When it is gone, as far as can be said: what is known before what is likely. */
    public Optional<Instant> end() {
        return expectedEnd.or(() -> likelyEnd);
    }

    /** Whether it should be gone by this time. */
    public boolean endsBy(Instant time) {
        return end().filter(end -> !end.isAfter(time)).isPresent();
    }
}
