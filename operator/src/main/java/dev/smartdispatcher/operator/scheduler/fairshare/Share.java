package dev.smartdispatcher.operator.scheduler.fairshare;

import java.util.List;

/**
 * What a tenant is entitled to.
 *
 * @param weight its part of the farm relative to the others' weights; positive
 * @param maxJobs jobs that it may have on workers at a time
 * @param limits on some of the workers
 */
public record Share(int weight, int maxJobs, List<WorkerLimit> limits) {
    /** Weight 1, no limit. */
    public static final Share ORDINARY = new Share(1, Integer.MAX_VALUE);

    public Share {
        if (weight < 1 || maxJobs < 0) {
            throw new IllegalArgumentException("no share: weight " + weight + ", at most " + maxJobs + " jobs");
        }
        limits = List.copyOf(limits);
    }

    /** The same on all workers. */
    public Share(int weight, int maxJobs) {
        this(weight, maxJobs, List.of());
    }
}
