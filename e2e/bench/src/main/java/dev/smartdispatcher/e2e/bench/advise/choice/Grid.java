package dev.smartdispatcher.e2e.bench.advise.choice;

import dev.smartdispatcher.e2e.bench.advise.host.Limits;
import dev.smartdispatcher.e2e.bench.advise.host.TestHost;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Every choice that the exhaustive search tries on a host. It knows what the host's system uses, and gives builds none of that:
 * a worker promises what it has. The disk's reserve is the kubelet's, which nobody chooses.
 */
public final class Grid {
    private static final double[] JOBS = {0.25, 0.5, 1};

    /** Parts of CPU and memory that are kept, of memory at least what the system uses. */
    private static final double[][] RESERVES = {{0, 0}, {0.125, 0.15}};

    private static final long[] MEMORY_MIB = {256, 512, 1024};
    /** Parts of a job's part of the disk. */
    private static final double[] DISK = {0.25, 1};

    /** As many make jobs as the dispatcher likes. */
    private static final int ANY = 64;

    private Grid() {}

    /** All choices that host at least one job of those they are the defaults of. */
    public static List<Limits> of(TestHost host) {
        var all = new ArrayList<Limits>();
        var jobs = new TreeSet<Integer>();
        for (double part : JOBS) {
            jobs.add((int) Math.max(1, Math.round(part * host.threads())));
        }
        for (int most : jobs) {
            for (var reserve : RESERVES) {
                all.addAll(of(host, most, reserve[0], reserve[1]));
            }
        }
        return all;
    }

    private static List<Limits> of(TestHost host, int jobs, double cpuReserve, double memoryReserve) {
        var room = new Room(
                (long) (host.threads() * 1000 * (1 - cpuReserve)),
                host.memoryBytes() - Math.max(host.systemBytes(), (long) (host.memoryBytes() * memoryReserve)),
                host.diskBytes() / 10 * 9,
                jobs);
        var all = new ArrayList<Limits>();
        for (long mib : MEMORY_MIB) {
            for (double part : DISK) {
                var memory = new Memory(mib << 20, mib << 20);
                if (memory.at(1) <= room.memory()) {
                    long disk = (long) (room.disk() / host.threads() * part);
                    all.add(new Limits(room, memory, disk, Math.max(2, host.threads() / 8)));
                    all.add(new Limits(room, memory, disk, ANY));
                }
            }
        }
        return all;
    }
}
