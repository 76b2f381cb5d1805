package dev.smartdispatcher.agent.advisor;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.CpuFacts;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import dev.smartdispatcher.api.worker.facts.LoadFacts;
import dev.smartdispatcher.api.worker.facts.MemoryFacts;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the advice depends on of a host. What could not be found out is empty, and so is the advice about it.
 *
 * @param threads hardware threads
 * @param cores physical cores
 * @param numaNodes at least 1
 * @param memory bytes
 * @param disk bytes that the file system of builds holds, used or not
 * @param diskMibPerSecond how fast it is written to, in order
 * @param spinning whether that disk has heads to move
 * @param otherCpuMillis CPU that was in use when nothing was built
 * @param otherMemory bytes that were in use then
 */
public record Host(
        OptionalInt threads,
        OptionalInt cores,
        int numaNodes,
        OptionalLong memory,
        OptionalLong disk,
        OptionalInt diskMibPerSecond,
        boolean spinning,
        long otherCpuMillis,
        long otherMemory) {
    private static final int LITTLE_PERCENT = 10;
    private static final int MOST_SEEN_PERCENT = 50;

    /** By an agent's facts, which need no agent to be read again. Its load may be that of builds, so it does not count. */
    public static Host of(AgentFacts facts) {
        return of(facts.cpu(), facts.memory(), facts.disk());
    }

    /** By some facts, any of which may be null. */
    public static Host of(CpuFacts cpu, MemoryFacts memory, DiskFacts disk) {
        return new Host(
                cpu == null || cpu.threads() == null ? OptionalInt.empty() : OptionalInt.of(cpu.threads()),
                cpu == null || cpu.cores() == null ? OptionalInt.empty() : OptionalInt.of(cpu.cores()),
                cpu == null || cpu.numaNodes() == null ? 1 : Math.max(1, cpu.numaNodes()),
                bytes(memory == null ? null : memory.total()),
                bytes(disk == null ? null : disk.capacity()),
                OptionalInt.empty(),
                false,
                0,
                0);
    }

    private static OptionalLong bytes(Quantity quantity) {
        return quantity == null ? OptionalLong.empty() : OptionalLong.of(Quantities.bytes(quantity));
    }

    /** With what was measured of its disk. */
    public Host withDisk(OptionalInt mibPerSecond, boolean heads) {
        return new Host(threads, cores, numaNodes, memory, disk, mibPerSecond, heads, otherCpuMillis, otherMemory);
    }

    /** With a load to which no build contributed. */
    public Host withOthers(LoadFacts load) {
        long cpu = load.cpu() == null ? 0 : Quantities.millis(load.cpu());
        long used = load.memoryAvailable() == null || memory.isEmpty()
                ? 0
                : Math.max(0, memory.getAsLong() - Quantities.bytes(load.memoryAvailable()));
        return new Host(threads, cores, numaNodes, memory, disk, diskMibPerSecond, spinning, cpu, used);
    }

    /**
     * Part of the host that others use beside its system, in percent, rounded up to a multiple of 5; 0 if it is little, and at
     * most half, since it is a look of a second.
     */
    public int usedByOthersPercent() {
        double cpu = threads.isEmpty() ? 0 : otherCpuMillis / (threads.getAsInt() * 1000.0);
        var reserve = Reserve.of(this, Answers.COMMON).memory();
        double all = memory.isEmpty() ? 0 : memory.getAsLong() - reserve.getAsLong();
        double used = all <= 0 ? 0 : Math.max(0, otherMemory - reserve.getAsLong()) / all;
        double percent = 100 * Math.max(cpu, used);
        return percent < LITTLE_PERCENT ? 0 : Math.min(MOST_SEEN_PERCENT, (int) Math.ceil(percent / 5) * 5);
    }
}
