package dev.smartdispatcher.operator.dispatch.index;

/** The most of each amount; nothing at first. */
final class Bound {
    private long cpuMillis = Long.MIN_VALUE;
    private long memory = Long.MIN_VALUE;
    private long disk = Long.MIN_VALUE;

    void raise(long cpu, long mem, long space) {
        cpuMillis = Math.max(cpuMillis, cpu);
        memory = Math.max(memory, mem);
        disk = Math.max(disk, space);
    }

    void clear() {
        cpuMillis = Long.MIN_VALUE;
        memory = Long.MIN_VALUE;
        disk = Long.MIN_VALUE;
    }

    boolean covers(long cpu, long mem, long space) {
        return cpu <= cpuMillis && mem <= memory && space <= disk;
    }
}
