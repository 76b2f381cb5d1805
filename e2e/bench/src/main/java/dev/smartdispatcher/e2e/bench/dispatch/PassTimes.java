package dev.smartdispatcher.e2e.bench.dispatch;

import java.util.Arrays;

/** How long passes took, in nanoseconds. */
final class PassTimes {
    private long[] nanos = new long[1024];
    private int size;

    void add(long time) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = time;
    }

    /** The time that a share of the passes did not exceed, in milliseconds. */
    double percentileMillis(double share) {
        var sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return size == 0 ? 0 : sorted[(int) Math.min(size - 1, Math.ceil(share * size) - 1)] / 1e6;
    }

    int count() {
        return size;
    }
}
