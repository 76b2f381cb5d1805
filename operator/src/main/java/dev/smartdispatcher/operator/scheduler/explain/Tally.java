package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.operator.scheduler.filter.Gap;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts, for one job, the workers by the reason why they do not take it, and keeps the nearest miss. */
public final class Tally {
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private final Message message;
    private Optional<Miss> nearest = Optional.empty();

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
     * A worker that matches does not take the job.
     *
     * @param free what is left of the worker's budget
     * @param need what the job would take there
     * @param others what else would have to be otherwise there for as long as nobody changes it
     * @param alone whether nothing but this, and too little that is free, keeps it from that
     */
    public void count(Reason reason, Worker worker, Room free, Room need, List<Reason> others, boolean alone) {
        add(reason, 1);
        if (reason.category() == ReasonCategory.TooSmall) {
            message.tooSmall(reason, worker, others);
        } else if (reason.category() == ReasonCategory.Unavailable) {
            message.closed(reason, worker, others);
        }
        if (alone) {
            miss(Miss.of(worker.name(), reason, need, free));
        }
    }

    /**
     * Of the workers that do not match for one reason this one comes nearest. They are counted by {@link #add}.
     *
     * @param others what else would have to be otherwise there for as long as nobody changes it
     * @param alone whether the job would start there now if it did match
     */
    public void near(Gap gap, List<Reason> others, boolean alone) {
        message.mismatch(gap.reason(), gap.worker(), others);
        if (alone) {
            miss(new Miss(gap.worker().name(), gap.reason(), Room.NONE, 0));
        }
    }

    private void miss(Miss miss) {
        nearest = nearest.filter(n -> Miss.NEAREST.compare(n, miss) <= 0).or(() -> Optional.of(miss));
    }

    /** The whole of it, once every worker was counted. */
    public Explanation explain(Optional<String> reservedWorker, Optional<Instant> estimatedStart) {
        var reason = reason();
        return new Explanation(
                reason, message.text(counts, reason == Reason.NoRoom), counts, nearest, reservedWorker, estimatedStart);
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
