package dev.smartdispatcher.agent.probe.isolation;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.worker.facts.Isolation;
import java.io.IOException;

/** Whether the node is a domain of Xen: a fact about it, not a way of isolation that a build could use. */
public final class XenProbe implements Probe {
    private final HostPaths paths;

    public XenProbe(HostPaths paths) {
        this.paths = paths;
    }

    @Override
    public String name() {
        return "xen";
    }

    @Override
    public Finding look() throws IOException {
        boolean xen = paths.textIfAny("/sys/hypervisor/type").orElse("").equals("xen") || paths.exists("/proc/xen");
        return xen ? draft -> draft.isolation(Isolation.XEN) : Finding.NOTHING;
    }
}
