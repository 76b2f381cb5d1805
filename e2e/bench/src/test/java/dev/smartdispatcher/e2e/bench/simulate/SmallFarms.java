package dev.smartdispatcher.e2e.bench.simulate;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Farms small enough to follow by hand. */
final class SmallFarms {
    static final long GI = 1L << 30;

    private SmallFarms() {}

    /** Hosts of so many cores, 2 GiB each core, of ordinary speed. */
    static Farm of(List<Job> jobs, int... cores) {
        var hosts = new Host[cores.length];
        for (int i = 0; i < cores.length; i++) {
            hosts[i] = new Host(
                    i,
                    i,
                    0,
                    Architecture.x86_64,
                    cores[i],
                    cores[i] * 2 * GI,
                    cores[i] * 10 * GI,
                    100,
                    Map.of(Architecture.x86_64, Mode.Native));
        }
        return new Farm(List.of(hosts), jobs, new Memory(GI / 2.0, GI / 2.0), Map.of(Mode.Native, 100), 5, 1);
    }

    /** A job without any serial part that uses what it declares. */
    static Job job(int index, int tenant, double arrival, double work, double gib) {
        var memory = new Memory(gib * GI, 1);
        return job(index, tenant, arrival, work, memory, Optional.of(memory));
    }

    /** The same that declares what it likes. */
    static Job job(int index, int tenant, double arrival, double work, Memory real, Optional<Memory> declared) {
        return new Job(
                index,
                tenant,
                arrival,
                Architecture.x86_64,
                work,
                0,
                real,
                declared,
                GI,
                work > 10_000,
                64,
                Optional.empty());
    }
}
