package dev.smartdispatcher.operator.scheduler.admission;

/**
 * What some workers have refused, none of which covers another: whoever needs as much of everything for as long is refused as
 * well, and is not tried. What was refused for want of room is so whatever its length is; beside room that is reserved, and where
 * a worker has to be free by some time, a shorter job may still have a chance.
 */
public final class RefusedNeeds {
    /** Of a job of unknown length, which is refused wherever any length is. */
    public static final long ENDLESS = Long.MAX_VALUE;
    /** Few cover nearly all there is to know, and are looked through in no time. */
    private static final int MOST = 24;

    private final long[] cpuMillis = new long[MOST];
    private final long[] memory = new long[MOST];
    private final long[] disk = new long[MOST];
    private final long[] nanos = new long[MOST];
    private int size;
    private int next;

    /** Whether so much for so long is known to be refused. */
    public boolean cover(long cpu, long mem, long space, long length) {
        for (int i = 0; i < size; i++) {
            if (cpuMillis[i] <= cpu && memory[i] <= mem && disk[i] <= space && nanos[i] <= length) {
                return true;
            }
        }
        return false;
    }

    /**
     * All of the workers have refused so much.
     *
     * @param length nanoseconds from which on it is refused; 0 if for want of room
     */
    public void add(long cpu, long mem, long space, long length) {
        for (int i = size - 1; i >= 0; i--) {
            if (cpu <= cpuMillis[i] && mem <= memory[i] && space <= disk[i] && length <= nanos[i]) {
                remove(i);
            }
        }
        int at = size < MOST ? size++ : next++ % MOST;
        cpuMillis[at] = cpu;
        memory[at] = mem;
        disk[at] = space;
        nanos[at] = length;
    }

    /** More may start on one of the workers, which has so much room. */
    public void freed(long cpu, long mem, long space) {
        for (int i = size - 1; i >= 0; i--) {
            if (cpuMillis[i] <= cpu && memory[i] <= mem && disk[i] <= space) {
                remove(i);
            }
        }
    }

    /** Nothing is known of them any more. */
    public void clear() {
        size = 0;
    }

    private void remove(int at) {
        size--;
        cpuMillis[at] = cpuMillis[size];
        memory[at] = memory[size];
        disk[at] = disk[size];
        nanos[at] = nanos[size];
    }
}
