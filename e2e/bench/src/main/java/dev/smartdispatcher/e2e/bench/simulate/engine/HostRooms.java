package dev.smartdispatcher.e2e.bench.simulate.engine;

import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import java.util.List;

/** What is free on each host. Refuses what no farm could do: a rule that overcommits is wrong, and its figures worthless. */
final class HostRooms {
    private final int[] cores;
    private final long[] memory;
    private final long[] disk;

    HostRooms(List<Host> hosts) {
        cores = hosts.stream().mapToInt(Host::cores).toArray();
        memory = hosts.stream().mapToLong(Host::memory).toArray();
        disk = hosts.stream().mapToLong(Host::disk).toArray();
    }

    void take(Start start) {
        int host = start.host().index();
        cores[host] -= start.processes();
        memory[host] -= start.memory();
        disk[host] -= start.disk();
        if (start.processes() < 1 || cores[host] < 0 || memory[host] < 0 || disk[host] < 0) {
            throw new IllegalStateException("no room for " + start);
        }
    }

    void give(Start start) {
        int host = start.host().index();
        cores[host] += start.processes();
        memory[host] += start.memory();
        disk[host] += start.disk();
    }
}
