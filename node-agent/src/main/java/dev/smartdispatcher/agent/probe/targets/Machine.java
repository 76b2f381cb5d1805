package dev.smartdispatcher.agent.probe.targets;

import dev.smartdispatcher.agent.kernel.Kernel;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.arch.Architecture;
import java.io.IOException;

/** The architecture of the machine's kernel. */
public final class Machine {
    private final HostPaths paths;
    private final Kernel kernel;

    public Machine(HostPaths paths, Kernel kernel) {
        this.paths = paths;
        this.kernel = kernel;
    }

    /**
     * By the kernel's own statement (since Linux 6.1), which no personality changes; else by uname(2).
     *
     * @throws IOException if it is none that the API knows
     */
    public Architecture architecture() throws IOException {
        String name = paths.textIfAny("/proc/sys/kernel/arch").orElse(null);
        String machine = name == null ? kernel.machine() : name;
        return Architecture.ofMachine(machine)
                .orElseThrow(() -> new IOException(Architecture.complaint(machine) + "."));
    }
}
