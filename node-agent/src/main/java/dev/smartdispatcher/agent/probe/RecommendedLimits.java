package dev.smartdispatcher.agent.probe;

import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.api.worker.facts.CpuFacts;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import dev.smartdispatcher.api.worker.facts.MemoryFacts;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;

/**
 * The budget for builds that the agent recommends: the machine less what its system needs. It is a starting point for
 * administrators, and the operator never gives more than the node's allocatable besides. What the facts do not tell is
 * absent; nothing is negative.
 *
 * <ul>
 *   <li>cpu: the threads; from 4 on less an eighth of them, at most 2, for kubelet and the container runtime
 *   <li>memory: the total less 10 %, but at least 1 GiB, or a quarter where that is less than 1 GiB
 *   <li>disk: the capacity less 10 %, where the kubelet begins to evict (nodefs.available). What is free of it is another fact,
 *       by which the operator goes besides: were it the limit, what running builds have written would count twice
 *   <li>jobs: one for each thread
 * </ul>
 *
 * Memory and disk are whole MiB.
 */
final class RecommendedLimits {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;
    private static final int FEW_THREADS = 4;
    private static final long MAX_CPU_RESERVE_MILLIS = 2000;

    private RecommendedLimits() {}

    /** The recommendation by these facts, any of which may be null; null if all are. */
    static Amounts of(CpuFacts cpu, MemoryFacts memory, DiskFacts disk) {
        if (cpu == null && memory == null && disk == null) {
            return null;
        }
        return new Amounts(
                cpu == null ? null : Quantities.ofMillis(cpuMillis(cpu.threads())),
                memory == null ? null : wholeMib(memory(Quantities.bytes(memory.total()))),
                disk == null ? null : wholeMib(disk(Quantities.bytes(disk.capacity()))),
                cpu == null ? null : cpu.threads());
    }

    private static long cpuMillis(int threads) {
        long millis = threads * 1000L;
        return threads < FEW_THREADS ? millis : millis - Math.min(MAX_CPU_RESERVE_MILLIS, millis / 8);
    }

    private static long memory(long total) {
        long atLeast = Math.min(GIB, total / 4);
        return total - Math.max(total / 10, atLeast);
    }

    private static long disk(long capacity) {
        return capacity - capacity / 10;
    }

    private static Quantity wholeMib(long bytes) {
        return Quantities.ofBytes(bytes / MIB * MIB);
    }
}
