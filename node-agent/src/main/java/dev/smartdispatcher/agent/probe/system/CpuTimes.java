package dev.smartdispatcher.agent.probe.system;

import dev.smartdispatcher.agent.probe.StatedNumber;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What all CPUs together have done since boot, in the kernel's ticks. Source: proc(5), {@code /proc/stat}.
 *
 * @param cpus number of online CPUs
 * @param total ticks
 * @param idle ticks, those that waited for I/O included
 */
record CpuTimes(int cpus, long total, long idle) {
    private static final String FILE = "/proc/stat";
    /** No machine has been up for so long, whatever the number of its CPUs; the sum of all is a long still. */
    private static final long MOST_TICKS = Long.MAX_VALUE / 100_000_000;

    /** Between two looks; with more the usage cannot be computed, and the kernel's count cannot be true. */
    private static final long MOST_ELAPSED = Long.MAX_VALUE / 1000 / 100_000;

    private static final int IDLE = 3;
    private static final int WAITING_FOR_IO = 4;
    /** user, nice, system, idle, iowait, irq, softirq, steal; guests' time, behind them, is in user and nice already. */
    private static final int COUNTED = 8;

    static CpuTimes parse(List<String> lines) throws IOException {
        String sum = lines.stream()
                .filter(line -> line.startsWith("cpu "))
                .findFirst()
                .orElseThrow(() -> new IOException(FILE + " has no line for all CPUs."));
        String[] stated = sum.substring("cpu".length()).strip().split("\\s+");
        if (stated.length <= WAITING_FOR_IO) {
            throw new IOException(FILE + " has fewer than " + (WAITING_FOR_IO + 1) + " times for all CPUs.");
        }
        long[] ticks = new long[Math.min(COUNTED, stated.length)];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = StatedNumber.whole(stated[i], FILE, MOST_TICKS);
        }
        int cpus =
                (int) lines.stream().filter(line -> line.matches("cpu\\d+ .*")).count();
        return new CpuTimes(cpus, Arrays.stream(ticks).sum(), ticks[IDLE] + ticks[WAITING_FOR_IO]);
    }

    /** Thousandths of a CPU in use between {@code before} and this; steal counts as used, for it was not to be had. */
    long usedMillisSince(CpuTimes before) {
        long elapsed = total - before.total;
        if (elapsed <= 0 || elapsed > MOST_ELAPSED) {
            return 0;
        }
        long used = Math.min(elapsed, elapsed - (idle - before.idle));
        return Math.max(0, used * cpus * 1000 / elapsed);
    }
}
