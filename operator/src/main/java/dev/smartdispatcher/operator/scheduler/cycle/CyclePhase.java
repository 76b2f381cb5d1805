package dev.smartdispatcher.operator.scheduler.cycle;

/** The parts of a pass. */
public enum CyclePhase {
    /** What follows from the time: usage, and the reservations that there are. */
    RENEW,
    /** New reservations. */
    RESERVE,
    /** Who starts where. */
    PLACE,
    /** Why the others wait. */
    EXPLAIN;

    /** Is told when a phase of a pass is over: each may come several times, and the first begins with the pass. */
    @FunctionalInterface
    public interface Listener {
        /** Nobody. */
        Listener NONE = phase -> {};

        void finished(CyclePhase phase);

        /** A round of placing cost so many looks at jobs, or at blocks of jobs of which none could start. */
        default void looked(long times) {}
    }
}
