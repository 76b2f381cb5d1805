package dev.smartdispatcher.operator.scheduler.job;

import java.time.Duration;
import java.util.Comparator;

/**
 * The order of a tenant's waiting jobs: priority, which rises by one for each ten minutes of waiting, then age, in which a job
 * counts as somewhat younger the more work it is, up to two and a half minutes; then the key, so that the order is total.
 * Since all priorities rise alike, the order of two jobs never changes: it is that of the time at which each would have begun
 * to wait to be where it is with priority 0 and no work.
 */
public final class QueueOrder {
    /** Waiting time that is worth one step of priority. */
    public static final Duration STEP = Duration.ofMinutes(10);

    /** Of equal rank the first: the one that has waited longer, then by key. */
    public static final Comparator<PendingJob> BY_AGE =
            Comparator.comparing(PendingJob::since).thenComparing(PendingJob::key);

    /** First the job that is looked at first. */
    public static final Comparator<PendingJob> BY_RANK =
            Comparator.comparingLong(QueueOrder::rank).thenComparing(BY_AGE);

    /** How much younger a job counts for each core-second of its work. */
    private static final double MILLIS_PER_CORE_SECOND = 50;
    /** Core-seconds of which no more count: the longest should not begin last of all, since they end last. */
    private static final double LONG = 3000;

    private QueueOrder() {}

    /** The smaller the sooner; milliseconds. */
    public static long rank(PendingJob job) {
        return job.since().toEpochMilli() - job.priority() * STEP.toMillis() + handicap(job);
    }

    /** Short jobs go before longer ones, so that few wait for many. */
    private static long handicap(PendingJob job) {
        return Math.round(Math.min(LONG, job.workEstimate().coreSeconds()) * MILLIS_PER_CORE_SECOND);
    }
}
