package dev.smartdispatcher.operator.scheduler.admission;

/** The most of each amount; nothing at first. */
public final class LargestNeed {
    private long cpuMillis = Long.MIN_VALUE;
    private long memory = Long.MIN_VALUE;
    private long disk = Long.MIN_VALUE;

    /** So much is there. */
    public void raise(long cpu, long mem, long space) {
        cpuMillis = Math.max(cpuMillis, cpu);
        memory = Math.max(memory, mem);
        disk = Math.max(disk, space);
    }

    /** Nothing is there. */
    public void clear() {
        cpuMillis = Long.MIN_VALUE;
        memory = Long.MIN_VALUE;
        disk = Long.MIN_VALUE;
    }

    /** Whether so much may be there: each amount was, if not all of them in one place. */
    public boolean covers(long cpu, long mem, long space) {
        return cpu <= cpuMillis && mem <= memory && space <= disk;
    }
}
