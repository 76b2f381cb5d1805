package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import dev.smartdispatcher.arch.Quantities;
import java.time.Instant;
import java.util.Objects;

/**
 * What others than builds have written on a worker's disk: images, logs, files of the machine. The agent publishes what is free. How
 * much of the rest running builds have written nobody knows, but it is no more than they were given: what lies between is
 * held to be as it was when it was last known better, so that a build's files are not counted beside the room that it was given,
 * and what it has yet to write is.
 *
 * @param observed when the agent looked last
 * @param mostGiven disk that builds were given since that was known, at most; bytes
 * @param bytes that others have written
 */
public record NonBuildDisk(Instant observed, long mostGiven, long bytes) {
    /** Of a worker that has published nothing yet. */
    public static final NonBuildDisk UNKNOWN = new NonBuildDisk(Instant.MIN, 0, 0);

    /** The kubelet evicts pods where less than a tenth is free (nodefs.available). */
    private static final int KEPT_PART = 10;

    /** Others write all the time: it counts in parts of the capacity, so that a worker's size seldom changes. */
    private static final int STEPS = 128;

    /**
     * After another look at the worker, whether its agent has published anything new or not.
     *
     * @param given disk that builds have been given now, in bytes
     */
    public NonBuildDisk next(AgentFacts facts, long given) {
        long most = Math.max(mostGiven, given);
        if (Objects.equals(facts.observedTime(), observed) || !isKnown(facts.disk())) {
            return new NonBuildDisk(observed, most, bytes);
        }
        long used = Math.max(0, capacity(facts) - Quantities.bytes(facts.disk().free()));
        long least = Math.max(0, used - most);
        return new NonBuildDisk(facts.observedTime(), given, Math.max(least, Math.min(used, bytes)));
    }

    /** What they leave to builds, running ones included; without end if nothing is known of the disk. */
    public long left(AgentFacts facts) {
        if (!isKnown(facts.disk())) {
            return Long.MAX_VALUE;
        }
        long capacity = capacity(facts);
        long step = Math.max(1, capacity / STEPS);
        return Math.max(0, capacity - capacity / KEPT_PART - (bytes + step - 1) / step * step);
    }

    private static boolean isKnown(DiskFacts disk) {
        return disk != null && disk.capacity() != null && disk.free() != null;
    }

    private static long capacity(AgentFacts facts) {
        return Quantities.bytes(facts.disk().capacity());
    }
}
