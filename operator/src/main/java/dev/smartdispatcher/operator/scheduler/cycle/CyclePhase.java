package dev.smartdispatcher.operator.scheduler.cycle;

/** The phases of a scheduling cycle, in order. The scheduler goes through those from RENEW to EXPLAIN. */
public enum CyclePhase {
    /** The scheduler is brought up to date with the caches. */
    SYNC,
    /** What follows from the time: usage, and the reservations that there are. */
    RENEW,
    /** New reservations. */
    RESERVE,
    /** Who starts where. */
    PLACE,
    /** Why the others wait. */
    EXPLAIN,
    /** Allocations, wait reasons and reservations are written. */
    WRITE;

    /** Called when a phase of a scheduling cycle is over: each may come several times, and the first begins with the run of the scheduler. */
    @FunctionalInterface
    public interface Listener {
        /** Nobody. */
        Listener NONE = phase -> {};

        void finished(CyclePhase phase);

        /** A round of placing cost so many looks at jobs, or at chunks of jobs of which none could start. */
        default void looked(long times) {}
    }
}
