package dev.smartdispatcher.agent.advisor;

import java.util.OptionalLong;

/**
 * What of a host is not for builds: what its system needs, and what its administrator keeps. docs/advisor.md says
 * how the figures were chosen.
 *
 * <ul>
 *   <li>cpu: a thread of each 24, at most 2: with fewer, one that builds may not have costs them more than the kubelet, the
 *       container runtime and the kernel do, which take theirs by weight
 *   <li>memory: 512 MiB for these, and a twenty-fifth, mostly for what the kernel keeps of each page; at most a quarter
 *   <li>disk: 10 %, where the kubelet begins to evict (nodefs.available)
 * </ul>
 *
 * @param cpuMillis empty if the threads are not known
 * @param memory bytes
 * @param disk bytes
 */
record Reserve(OptionalLong cpuMillis, OptionalLong memory, OptionalLong disk) {
    private static final long SYSTEM = 512L << 20;
    private static final int THREADS_FOR_ONE = 24;
    private static final long MOST_CPU_MILLIS = 2000;

    static Reserve of(Host host, Answers answers) {
        int keep = answers.keepPercent();
        return new Reserve(
                host.threads().isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(cpu(host.threads().getAsInt(), keep)),
                host.memory().isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(memory(host.memory().getAsLong(), keep)),
                host.disk().isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(host.disk().getAsLong() / 10));
    }

    private static long cpu(int threads, int keep) {
        long millis = threads * 1000L;
        long system = Math.min(MOST_CPU_MILLIS, threads / THREADS_FOR_ONE * 1000L);
        return system + (millis - system) * keep / 100;
    }

    private static long memory(long total, int keep) {
        long system = Math.min(total / 4, SYSTEM + total / 25);
        return system + (total - system) / 100 * keep;
    }
}
