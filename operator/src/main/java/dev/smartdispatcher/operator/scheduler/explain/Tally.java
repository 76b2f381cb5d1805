package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.operator.scheduler.filter.Gap;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts, for one job, the workers by the reason why they do not take it, and finds the nearest one by each. */
public final class Tally {
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private final Message message;

    /**
     * Starts a tally.
     *
     * @param unknown workers of which only the reason why they take no job is known
     */
    public Tally(Requirements requirements, Envelope envelope, Map<Reason, Integer> unknown) {
        message = new Message(requirements, envelope);
        counts.putAll(unknown);
    }

    /** So many more workers do not take the job for this reason. */
    public void add(Reason reason, int workers) {
        if (workers > 0) {
            counts.merge(reason, workers, Integer::sum);
        }
    }

    /**
     * This worker may be the nearest of those that do not take the job for the gap's first reason. They are counted by {@link #add}.
     */
    public void near(Gap gap) {
        message.near(gap);
    }

    /** The whole of it, once every worker was counted. */
    public Explanation explain(Optional<String> reservedWorker, Optional<Instant> estimatedStart) {
        var reason = reason();
        return new Explanation(reason, message.text(counts, reason == Reason.NoRoom), reservedWorker, estimatedStart);
    }

    private Reason reason() {
        if (counts.isEmpty()) {
            return Reason.NoWorkers;
        }
        if (counts(ReasonCategory.Occupied)) {
            return Reason.NoRoom;
        }
        return counts(ReasonCategory.Unavailable) ? Reason.WorkersUnavailable : Reason.NoWorkerFits;
    }

    private boolean counts(ReasonCategory category) {
        return counts.keySet().stream().anyMatch(r -> r.category() == category);
    }
}
