package dev.smartdispatcher.agent.probe.isolation;

import dev.smartdispatcher.agent.kernel.Kernel;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.worker.facts.Isolation;
import java.io.IOException;

/**
 * Virtual machines by KVM. Tried by opening the device and creating one. A device that opens and then refuses (another
 * hypervisor holds the CPU, say) is a problem to be published.
 */
public final class KvmProbe implements Probe {
    private final HostPaths paths;
    private final Kernel kernel;

    public KvmProbe(HostPaths paths, Kernel kernel) {
        this.paths = paths;
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "kvm";
    }

    @Override
    public Finding look() throws IOException {
        boolean works = kernel.givesVirtualMachine(paths.path("/dev/kvm"));
        return works ? draft -> draft.isolation(Isolation.KVM) : Finding.NOTHING;
    }
}
