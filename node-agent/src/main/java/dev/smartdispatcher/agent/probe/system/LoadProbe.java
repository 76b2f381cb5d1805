package dev.smartdispatcher.agent.probe.system;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.agent.probe.hardware.MemInfo;
import dev.smartdispatcher.api.worker.facts.LoadFacts;
import dev.smartdispatcher.arch.Quantities;
import java.io.IOException;

/**
 * The load. CPU is what was used between this look and the one before, so that the first has none. It is what all
 * processes of the machine used: the agent does not know which are builds, and the operator takes these off.
 */
public final class LoadProbe implements Probe {
    private final HostPaths paths;
    private final MemInfo memory;
    private CpuTimes before;

    public LoadProbe(HostPaths paths) {
        this.paths = paths;
        this.memory = new MemInfo(paths);
    }

    @Override
    public String name() {
        return "load";
    }

    @Override
    public Finding look() throws IOException {
        CpuTimes now = CpuTimes.parse(paths.lines("/proc/stat"));
        LoadFacts facts = new LoadFacts(
                before == null ? null : Quantities.ofMillis(now.usedMillisSince(before)),
                Quantities.ofBytes(memory.bytes("MemAvailable")),
                PressureStall.of(paths).orElse(null));
        before = now;
        return draft -> draft.load(facts);
    }
}
