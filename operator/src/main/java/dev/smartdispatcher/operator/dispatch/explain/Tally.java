package dev.smartdispatcher.operator.dispatch.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.sizing.Envelope;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts, for one job, the workers by the reason why they do not take it, and keeps the nearest miss of each. */
public final class Tally {
    /** Of workers that fit and are open, but have no room now: the job starts when something ends. */
    private static final Set<Reason> NO_ROOM = EnumSet.of(Reason.NoRoom, Reason.Reserved, Reason.BackingOff);
    /** Of workers that fit, were they open. */
    private static final Set<Reason> UNAVAILABLE = EnumSet.of(
            Reason.Draining,
            Reason.NodeCordoned,
            Reason.NodeNotReady,
            Reason.NodeMissing,
            Reason.Tainted,
            Reason.Silent,
            Reason.NoFacts,
            Reason.InvalidFacts,
            Reason.EndsAfterDeadline);

    private final int workers;
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private final Map<Reason, Miss> nearest = new EnumMap<>(Reason.class);

    /**
     * Starts a tally.
     *
     * @param unknown workers of which only the reason why they take no job is known
     * @param known number of all others, each of which is to be counted
     */
    public Tally(Map<Reason, Integer> unknown, int known) {
        counts.putAll(unknown);
        workers = known + unknown.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * A worker does not take the job.
     *
     * @param free what is left of the worker's budget
     */
    public void count(Reason reason, Envelope envelope, Worker worker, Room free) {
        counts.merge(reason, 1, Integer::sum);
        Miss.of(reason, envelope, worker, free)
                .ifPresent(miss -> nearest.merge(reason, miss, (a, b) -> a.available() >= b.available() ? a : b));
    }

    /** The whole of it, once every worker was counted. */
    public Explanation explain(Optional<String> reservedWorker, Optional<Instant> estimatedStart) {
        var message = new StringBuilder("0/" + workers + " workers");
        if (!counts.isEmpty()) {
            message.append(": ")
                    .append(counts.entrySet().stream()
                            .sorted(Comparator.comparing((Map.Entry<Reason, Integer> e) -> -e.getValue())
                                    .thenComparing(Map.Entry::getKey))
                            .map(e -> e.getValue() + " " + e.getKey()
                                    + Optional.ofNullable(nearest.get(e.getKey()))
                                            .map(m -> " (" + m.text() + ")")
                                            .orElse(""))
                            .collect(Collectors.joining(", ")));
        }
        return new Explanation(reason(), message.toString(), counts, reservedWorker, estimatedStart);
    }

    private Reason reason() {
        if (workers == 0) {
            return Reason.NoWorkers;
        }
        if (counts.keySet().stream().anyMatch(NO_ROOM::contains)) {
            return Reason.NoRoom;
        }
        return counts.keySet().stream().anyMatch(UNAVAILABLE::contains)
                ? Reason.WorkersUnavailable
                : Reason.NoWorkerFits;
    }
}
