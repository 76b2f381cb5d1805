package dev.smartdispatcher.e2e.bench.advise.host;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/**
 * A host of the stated set. What its system uses is known to the simulation alone.
 *
 * @param mibPerSecond that one job writes to its disk
 * @param spinning whether jobs that write at the same time slow each other
 * @param speed of one thread while its core has no other, 100 is ordinary
 * @param systemCpu what kubelet, container runtime and kernel use
 * @param systemMemory what they hold; a job that gets into it is killed
 */
public record TestHost(
        String name,
        int threads,
        int cores,
        int numaNodes,
        Quantity memory,
        Quantity disk,
        int mibPerSecond,
        boolean spinning,
        double speed,
        Quantity systemCpu,
        Quantity systemMemory) {
    /** What the second thread of a core adds to what the first does: compilers gain some 30 %. */
    private static final double SECOND_THREAD = 0.3;

    /** Each further job that writes to a disk with heads costs all of them a tenth, until a third is left. */
    private static final double SEEK = 0.1;

    private static final double LEAST_SEEKING = 1 / 3.0;

    /** All of it for builds, as the dispatcher is told of the fleet. */
    Host whole(long budgetMemory, long budgetDisk) {
        return new Host(
                0,
                0,
                0,
                Architecture.x86_64,
                threads,
                budgetMemory,
                budgetDisk,
                speed,
                Map.of(Architecture.x86_64, Mode.Native, Architecture.armv7l, Mode.Emulated));
    }

    /** What so many busy threads do together, in threads that each have a core for themselves. */
    public double capacity(double busy) {
        double used = Math.min(busy, threads);
        return used <= cores ? used : cores + SECOND_THREAD * (used - cores);
    }

    /** How fast each busy thread is in relation to one that has a core for itself. */
    double cpuRate(double busy) {
        double all = busy + Quantities.millis(systemCpu) / 1000.0;
        return capacity(all) / all;
    }

    /** MiB a second that each of so many jobs writes. */
    double diskRate(int writers) {
        double left = spinning ? Math.max(LEAST_SEEKING, 1 / (1 + SEEK * (writers - 1))) : 1;
        return mibPerSecond * left / writers;
    }

    /** Bytes. */
    public long memoryBytes() {
        return Quantities.bytes(memory);
    }

    /** Bytes. */
    public long diskBytes() {
        return Quantities.bytes(disk);
    }

    /** Bytes that the system uses. */
    public long systemBytes() {
        return Quantities.bytes(systemMemory);
    }
}
