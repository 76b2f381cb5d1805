package dev.smartdispatcher.operator.scheduler.fairshare;

/**
 * What a tenant is entitled to.
 *
 * @param weight its part of the farm relative to the others' weights; positive
 * @param maxJobs jobs that it may have on workers at a time
 */
public record Share(int weight, int maxJobs) {
    /** Weight 1, no limit. */
    public static final Share ORDINARY = new Share(1, Integer.MAX_VALUE);

    public Share {
        if (weight < 1 || maxJobs < 0) {
            throw new IllegalArgumentException("no share: weight " + weight + ", at most " + maxJobs + " jobs");
        }
    }
}
