package dev.smartdispatcher.operator.scheduler.sizing;

/**
 * How many waiting jobs press on each free core of a worker. The jobs of one set of requirements spread over all workers that
 * could take them, in proportion to the CPU that is free there; so a worker's pressure is the sum, over the requirements it
 * satisfies, of (jobs that wait) / (CPU free on all workers that could take them). Counted in whole parts of {@link #ONE},
 * so that the sum is the same in whatever order.
 */
public final class Pressure {
    /** One waiting job for each free millicore. */
    public static final long ONE = 1L << 30;

    private Pressure() {}

    /** What the jobs of one set of requirements add; nothing where no CPU is free for them. */
    public static long of(long jobs, long freeMillis) {
        return freeMillis <= 0 ? 0 : jobs * ONE / freeMillis;
    }
}
