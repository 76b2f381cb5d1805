package dev.smartdispatcher.e2e.bench.advise.choice;

import dev.smartdispatcher.e2e.bench.advise.host.Limits;
import dev.smartdispatcher.e2e.bench.advise.host.TestHost;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import dev.smartdispatcher.operator.scheduler.model.Room;

/**
 * The formula by which the Open Build Service sets up a worker host (dist/obsstoragesetup): an instance for each CPU, fewer if
 * each had less than 512 MB; half of the memory for them, in equal parts; the disk less 25 GB of cache and 512 MB of swap each,
 * in equal parts; and CPUs / (instances - 1) make jobs each.
 */
public final class ObsFormula {
    private static final long MIB = 1 << 20;
    private static final long LEAST_MEMORY = 512 * MIB;
    private static final long SWAP = 512 * MIB;
    private static final long CACHE = 25L << 30;
    private static final int ANY = 64;

    private ObsFormula() {}

    /** As it is. */
    public static Limits of(TestHost host) {
        int instances = instances(host);
        int makeJobs = instances == 1 ? 1 : Math.max(1, host.threads() / (instances - 1));
        return limits(host, instances, makeJobs, host.memoryBytes() / 2);
    }

    /** With what flatters it: all of the memory for builds, and as many make jobs as the dispatcher likes. */
    public static Limits flattered(TestHost host) {
        return limits(host, instances(host), ANY, host.memoryBytes());
    }

    private static int instances(TestHost host) {
        int instances = host.threads();
        return host.memoryBytes() < instances * LEAST_MEMORY
                ? (int) Math.max(1, host.memoryBytes() / LEAST_MEMORY - 1)
                : instances;
    }

    private static Limits limits(TestHost host, int instances, int makeJobs, long memory) {
        long disk = Math.max(instances << 30, host.diskBytes() - CACHE - instances * SWAP);
        return new Limits(
                new Room(host.threads() * 1000L, memory, disk, instances),
                new Memory(host.memoryBytes() / (2.0 * instances), 0),
                disk / instances,
                makeJobs);
    }
}
