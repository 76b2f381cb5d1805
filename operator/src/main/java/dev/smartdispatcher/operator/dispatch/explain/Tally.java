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

/** Counts, for one job, the workers by the reason why they do not take it, and keeps the nearest miss. */
public final class Tally {
    /** Of workers that fit and are open, but have no room now: the job starts when something ends. */
    private static final Set<Reason> NO_ROOM = EnumSet.of(Reason.NoRoom, Reason.Reserved, Reason.BackingOff);
    /** Of workers that are too small. */
    private static final Set<Reason> TOO_SMALL =
            EnumSet.of(Reason.TooLittleCpu, Reason.TooLittleMemory, Reason.TooLittleDisk, Reason.TooFewJobs);
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

    private final Envelope envelope;
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private final Map<Reason, Largest> largest = new EnumMap<>(Reason.class);
    private Optional<Miss> nearest = Optional.empty();

    /** The worker that has the most of what is short, and how much that is. */
    private record Largest(Worker worker, long amount) {
        private static final Comparator<Largest> ORDER = Comparator.comparingLong(Largest::amount)
                .thenComparing(l -> l.worker.name(), Comparator.reverseOrder());
    }

    /**
     * Starts a tally.
     *
     * @param unknown workers of which only the reason why they take no job is known
     */
    public Tally(Envelope envelope, Map<Reason, Integer> unknown) {
        this.envelope = envelope;
        counts.putAll(unknown);
    }

    /** So many more workers do not take the job for this reason, and are no near miss. */
    public void add(Reason reason, int workers) {
        if (workers > 0) {
            counts.merge(reason, workers, Integer::sum);
        }
    }

    /**
     * A worker does not take the job.
     *
     * @param free what is left of the worker's budget
     * @param need what the job would take there
     * @param alone whether nothing but this, and too little that is free, keeps it from that
     */
    public void count(Reason reason, Worker worker, Room free, Room need, boolean alone) {
        add(reason, 1);
        if (TOO_SMALL.contains(reason)) {
            largest.merge(
                    reason,
                    new Largest(worker, amount(reason, worker.budget())),
                    (a, b) -> Largest.ORDER.compare(a, b) >= 0 ? a : b);
        }
        if (alone) {
            var miss = Miss.of(worker.name(), reason, need, free);
            nearest = nearest.filter(n -> Miss.NEAREST.compare(n, miss) <= 0).or(() -> Optional.of(miss));
        }
    }

    private static long amount(Reason reason, Room budget) {
        return switch (reason) {
            case TooLittleCpu -> budget.cpuMillis();
            case TooLittleMemory -> budget.memory();
            case TooLittleDisk -> budget.disk();
            default -> budget.jobs();
        };
    }

    /** The whole of it, once every worker was counted. */
    public Explanation explain(Optional<String> reservedWorker, Optional<Instant> estimatedStart) {
        int workers = counts.values().stream().mapToInt(Integer::intValue).sum();
        var message = new StringBuilder("0/" + workers + " workers");
        if (!counts.isEmpty()) {
            message.append(": ")
                    .append(counts.entrySet().stream()
                            .sorted(Comparator.comparing((Map.Entry<Reason, Integer> e) -> -e.getValue())
                                    .thenComparing(Map.Entry::getKey))
                            .map(e -> e.getValue() + " " + e.getKey() + detail(e.getKey()))
                            .collect(Collectors.joining(", ")));
        }
        return new Explanation(reason(workers), message.toString(), counts, nearest, reservedWorker, estimatedStart);
    }

    /** What is needed; and who has the most, where that says what to change. What is free changes all the time. */
    private String detail(Reason reason) {
        if (reason == Reason.NoRoom) {
            return " (needs " + Amount.everything(envelope) + ")";
        }
        return Optional.ofNullable(largest.get(reason))
                .flatMap(l -> Amount.of(reason, envelope, l.worker().budget())
                        .map(a -> " (needs " + a.needed() + "; nearest: "
                                + l.worker().name() + " has " + a.there() + ")"))
                .orElse("");
    }

    private Reason reason(int workers) {
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
