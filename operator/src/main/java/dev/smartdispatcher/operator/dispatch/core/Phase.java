package dev.smartdispatcher.operator.dispatch.core;

/** The parts of a pass. */
public enum Phase {
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

        void finished(Phase phase);
    }
}
