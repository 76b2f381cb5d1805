package dev.smartdispatcher.agent.probe.system;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.worker.facts.KernelFacts;
import java.io.IOException;

/** The kernel's version and flavour. */
public final class KernelProbe implements Probe {
    private final HostPaths paths;

    public KernelProbe(HostPaths paths) {
        this.paths = paths;
    }

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public Finding look() throws IOException {
        KernelFacts facts = KernelRelease.parse(paths.text("/proc/sys/kernel/osrelease"));
        return draft -> draft.kernel(facts);
    }
}
