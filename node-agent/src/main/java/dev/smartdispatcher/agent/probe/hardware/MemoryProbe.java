package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.worker.facts.MemoryFacts;
import dev.smartdispatcher.arch.Quantities;
import java.io.IOException;

/** The memory that the kernel has, a little less than what is installed, and swap. */
public final class MemoryProbe implements Probe {
    private final MemInfo info;

    public MemoryProbe(HostPaths paths) {
        info = new MemInfo(paths);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Finding look() throws IOException {
        MemoryFacts facts = new MemoryFacts(
                Quantities.ofBytes(info.bytes("MemTotal")), Quantities.ofBytes(info.bytes("SwapTotal")));
        return draft -> draft.memory(facts);
    }
}
