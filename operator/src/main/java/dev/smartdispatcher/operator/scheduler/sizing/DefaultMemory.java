package dev.smartdispatcher.operator.scheduler.sizing;

import dev.smartdispatcher.operator.scheduler.model.Room;

/**
 * Memory for a job of which nobody said how much it needs: its cores' part of the worker's memory, as fixed build slots would
 * give it, if so much is free. A default that is too small kills the build, and memory that nobody asks for is of no use.
 */
public final class DefaultMemory {
    /** Amounts that people read are whole. */
    private static final long UNIT = 1L << 20;

    private DefaultMemory() {}

    /**
     * The memory, in bytes; never less than the envelope's at that N.
     *
     * @param budget of the worker
     * @param free memory that can be given away without harm to anybody
     */
    public static long memory(Envelope envelope, int parallelism, Room budget, long free) {
        var need = envelope.room(parallelism);
        double part = (double) need.cpuMillis() / budget.cpuMillis();
        return Math.max(need.memory(), Math.min(free, (long) (budget.memory() * part)) / UNIT * UNIT);
    }
}
