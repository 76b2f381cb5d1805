package dev.smartdispatcher.operator.dispatch.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * The order in which waiting jobs are looked at: priority, which rises by one for each ten minutes of waiting, then age,
 * then the key, so that the order is total. A job that waits since a time in the future has no age.
 */
public final class QueueOrder {
    /** Waiting time that is worth one step of priority. */
    public static final Duration STEP = Duration.ofMinutes(10);

    private QueueOrder() {}

    /** The order at a time. */
    public static Comparator<PendingJob> at(Instant now) {
        return Comparator.comparingLong((PendingJob job) -> -effectivePriority(job, now))
                .thenComparing(PendingJob::since)
                .thenComparing(PendingJob::key);
    }

    /** The job's priority and what its waiting adds to it. */
    public static long effectivePriority(PendingJob job, Instant now) {
        var age = Duration.between(job.since(), now);
        return job.priority() + (age.isNegative() ? 0 : age.dividedBy(STEP));
    }
}
