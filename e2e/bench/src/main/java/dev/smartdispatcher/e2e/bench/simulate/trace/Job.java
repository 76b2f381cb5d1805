package dev.smartdispatcher.e2e.bench.simulate.trace;

import dev.smartdispatcher.arch.Architecture;
import java.util.Optional;

/**
 * A simulated job: all the truth of it. A rule may look at what a request for it tells.
 *
 * @param index in order of arrival, from 0
 * @param arrival seconds
 * @param work core-seconds of one process on a host of speed 100
 * @param serial part of the work that cannot be parallel
 * @param memory what it really uses
 * @param declared what it is said to use
 * @param disk bytes
 * @param heavy the packager's mark
 * @param history what is known of an earlier build of the package
 */
public record Job(
        int index,
        int tenant,
        double arrival,
        Architecture target,
        double work,
        double serial,
        Memory memory,
        Optional<Memory> declared,
        long disk,
        boolean heavy,
        int maxProcesses,
        Optional<History> history) {

    /**
     * What earlier builds showed.
     *
     * @param work core-seconds at speed 100, about right
     */
    public record History(double work, double serial, Memory memory) {}

    /** The same job that is said to need another amount of disk. */
    public Job withDisk(long bytes) {
        return new Job(
                index, tenant, arrival, target, work, serial, memory, declared, bytes, heavy, maxProcesses, history);
    }

    /** The same job with another most of processes. */
    public Job withMaxProcesses(int most) {
        return new Job(index, tenant, arrival, target, work, serial, memory, declared, disk, heavy, most, history);
    }

    /** The same job at another place in another order of arrival. */
    public Job arriving(int newIndex, double newArrival) {
        return new Job(
                newIndex,
                tenant,
                newArrival,
                target,
                work,
                serial,
                memory,
                declared,
                disk,
                heavy,
                maxProcesses,
                history);
    }

    /** The same job of which nothing is known. */
    public Job withoutHistory() {
        return new Job(
                index,
                tenant,
                arrival,
                target,
                work,
                serial,
                memory,
                declared,
                disk,
                heavy,
                maxProcesses,
                Optional.empty());
    }

    /** The same job that uses another memory this time. */
    public Job using(Memory other) {
        return new Job(
                index, tenant, arrival, target, work, serial, other, declared, disk, heavy, maxProcesses, history);
    }

    /** Seconds that an attempt takes at a speed, without its start and without any penalty. */
    public double seconds(int processes, double speed) {
        return work * 100 / speed * (serial + (1 - serial) / processes);
    }
}
