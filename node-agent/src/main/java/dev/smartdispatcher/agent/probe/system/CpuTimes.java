package dev.smartdispatcher.agent.probe.system;

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
    private static final int IDLE = 3;
    private static final int WAITING_FOR_IO = 4;
    /** user, nice, system, idle, iowait, irq, softirq, steal; guests' time, behind them, is in user and nice already. */
    private static final int COUNTED = 8;

    static CpuTimes parse(List<String> lines) throws IOException {
        String sum = lines.stream()
                .filter(line -> line.startsWith("cpu "))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/stat has no line for all CPUs."));
        long[] ticks = Arrays.stream(sum.substring("cpu".length()).strip().split("\\s+"))
                .limit(COUNTED)
                .mapToLong(Long::parseLong)
                .toArray();
        int cpus =
                (int) lines.stream().filter(line -> line.matches("cpu\\d+ .*")).count();
        return new CpuTimes(cpus, Arrays.stream(ticks).sum(), ticks[IDLE] + ticks[WAITING_FOR_IO]);
    }

    /** Thousandths of a CPU in use between {@code before} and this; steal counts as used, for it was not to be had. */
    long usedMillisSince(CpuTimes before) {
        long elapsed = total - before.total;
        long used = elapsed - (idle - before.idle);
        return elapsed <= 0 ? 0 : Math.max(0, used * cpus * 1000 / elapsed);
    }
}
