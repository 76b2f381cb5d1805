package dev.smartdispatcher.operator.dispatch.bound;

/** Amounts that were found to fit nowhere, of which none covers another: whoever needs as much fits nowhere either. */
final class Frontier {
    /** Few cover nearly all there is to know, and are looked through in no time. */
    private static final int MOST = 16;

    private final long[] cpuMillis = new long[MOST];
    private final long[] memory = new long[MOST];
    private final long[] disk = new long[MOST];
    private int size;
    private int next;

    boolean covers(long cpu, long mem, long space) {
        for (int i = 0; i < size; i++) {
            if (cpuMillis[i] <= cpu && memory[i] <= mem && disk[i] <= space) {
                return true;
            }
        }
        return false;
    }

    void add(long cpu, long mem, long space) {
        for (int i = size - 1; i >= 0; i--) {
            if (cpu <= cpuMillis[i] && mem <= memory[i] && space <= disk[i]) {
                remove(i);
            }
        }
        int at = size < MOST ? size++ : next++ % MOST;
        cpuMillis[at] = cpu;
        memory[at] = mem;
        disk[at] = space;
    }

    /** There is a place with so much room now. */
    void grown(long cpu, long mem, long space) {
        for (int i = size - 1; i >= 0; i--) {
            if (cpuMillis[i] <= cpu && memory[i] <= mem && disk[i] <= space) {
                remove(i);
            }
        }
    }

    void clear() {
        size = 0;
    }

    private void remove(int at) {
        size--;
        cpuMillis[at] = cpuMillis[size];
        memory[at] = memory[size];
        disk[at] = disk[size];
    }
}
