package dev.smartdispatcher.operator.dispatch.queue;

import java.time.Duration;
import java.util.Comparator;

/**
 * The order of a tenant's waiting jobs: priority, which rises by one for each ten minutes of waiting, then age, then the
 * key, so that the order is total. Since all priorities rise alike, the order of two jobs never changes: it is that of the
 * time at which each would have begun to wait to be where it is with priority 0.
 */
public final class QueueOrder {
    /** Waiting time that is worth one step of priority. */
    public static final Duration STEP = Duration.ofMinutes(10);

    /** First the job that is looked at first. */
    public static final Comparator<PendingJob> BY_RANK = Comparator.comparingLong(QueueOrder::rank)
            .thenComparing(PendingJob::since)
            .thenComparing(PendingJob::key);

    private QueueOrder() {}

    /** The smaller the sooner; milliseconds. */
    public static long rank(PendingJob job) {
        return job.since().toEpochMilli() - job.priority() * STEP.toMillis();
    }
}
