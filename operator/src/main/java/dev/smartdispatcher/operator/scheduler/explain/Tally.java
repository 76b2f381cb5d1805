package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimit;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.filter.Shortfall;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts, for one job, the workers by the reason why they do not take it, and finds the nearest one by each. */
public final class Tally {
    private static final Reason[] REASONS = Reason.values();

    /** By the reason's place among all: on a large farm most workers are counted for each explanation. */
    private final int[] workers = new int[REASONS.length];

    private final Message message;
    /** Whether a worker takes the job now, which waits for something else. */
    private boolean taken;

    /**
     * Starts a tally.
     *
     * @param unknown workers of which only the reason why they take no job is known
     */
    public Tally(Requirements requirements, Envelope envelope, Map<Reason, Integer> unknown) {
        message = new Message(requirements, envelope);
        unknown.forEach(this::add);
    }

    /** So many more workers do not take the job for this reason. */
    public void add(Reason reason, int more) {
        workers[reason.ordinal()] += more;
    }

    /** This limit of the tenant keeps the job from a worker. */
    public void limit(WorkerLimit limit) {
        message.limit(limit);
    }

    /** A worker takes the job now: it is not for want of workers that the job waits. */
    public void take() {
        taken = true;
    }

    /**
     * This worker may be the nearest of those that do not take the job for the shortfall's first reason. They are counted by {@link #add}.
     */
    public void near(Shortfall shortfall) {
        message.near(shortfall);
    }

    /** The whole of it, once every worker was counted. */
    public Explanation explain(Optional<String> reservedWorker, Optional<Instant> estimatedStart) {
        var counts = counts();
        var reason = taken ? Reason.NoRoom : reason(counts.keySet());
        return new Explanation(
                reason,
                message.text(counts, reason.category() == ReasonCategory.Occupied),
                reservedWorker,
                estimatedStart);
    }

    private Map<Reason, Integer> counts() {
        var counts = new EnumMap<Reason, Integer>(Reason.class);
        for (var reason : REASONS) {
            if (workers[reason.ordinal()] > 0) {
                counts.put(reason, workers[reason.ordinal()]);
            }
        }
        return counts;
    }

    private static Reason reason(Set<Reason> counted) {
        if (counted.isEmpty()) {
            return Reason.NoWorkers;
        }
        if (any(counted, ReasonCategory.Occupied)) {
            boolean limited =
                    counted.stream().allMatch(r -> r == Reason.TenantLimit || r.category() != ReasonCategory.Occupied);
            return limited ? Reason.TenantLimit : Reason.NoRoom;
        }
        return any(counted, ReasonCategory.Unavailable) ? Reason.WorkersUnavailable : Reason.NoWorkerFits;
    }

    private static boolean any(Set<Reason> counted, ReasonCategory category) {
        return counted.stream().anyMatch(r -> r.category() == category);
    }
}
