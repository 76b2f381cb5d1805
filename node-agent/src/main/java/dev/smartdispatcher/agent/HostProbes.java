package dev.smartdispatcher.agent;

import dev.smartdispatcher.agent.kernel.Kernel;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Occasional;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.agent.probe.Probes;
import dev.smartdispatcher.agent.probe.hardware.CpuProbe;
import dev.smartdispatcher.agent.probe.hardware.DiskProbe;
import dev.smartdispatcher.agent.probe.hardware.MemoryProbe;
import dev.smartdispatcher.agent.probe.isolation.ChrootProbe;
import dev.smartdispatcher.agent.probe.isolation.ContainerProbe;
import dev.smartdispatcher.agent.probe.isolation.KvmProbe;
import dev.smartdispatcher.agent.probe.isolation.Trials;
import dev.smartdispatcher.agent.probe.isolation.UserNamespaceProbe;
import dev.smartdispatcher.agent.probe.isolation.XenProbe;
import dev.smartdispatcher.agent.probe.system.KernelProbe;
import dev.smartdispatcher.agent.probe.system.LoadProbe;
import dev.smartdispatcher.agent.probe.targets.ArchitectureProbe;
import dev.smartdispatcher.agent.probe.targets.CompatProbe;
import dev.smartdispatcher.agent.probe.targets.EmulationProbe;
import dev.smartdispatcher.agent.probe.targets.Machine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Which probes there are, and in which order their findings are listed. */
final class HostProbes {
    /** For what starts processes or machines, and changes with the machine's configuration alone. */
    private static final Duration TRIALS_EVERY = Duration.ofMinutes(5);

    private HostProbes() {}

    static Probes of(HostPaths paths, String buildPath, Kernel kernel, Clock clock) {
        Machine machine = new Machine(paths, kernel);
        Trials trials = new Trials(machine, kernel);
        List<Probe> probes = List.of(
                new ArchitectureProbe(machine),
                occasional(new CompatProbe(machine, kernel, paths), clock),
                new EmulationProbe(machine, paths),
                new ContainerProbe(),
                occasional(new UserNamespaceProbe(paths, trials), clock),
                occasional(new ChrootProbe(trials), clock),
                occasional(new KvmProbe(paths, kernel), clock),
                new XenProbe(paths),
                new CpuProbe(paths),
                new MemoryProbe(paths),
                new DiskProbe(paths, buildPath, kernel),
                new KernelProbe(paths),
                new LoadProbe(paths));
        return new Probes(probes, clock, HostProbes.class.getPackage().getImplementationVersion());
    }

    private static Probe occasional(Probe probe, Clock clock) {
        return new Occasional(probe, TRIALS_EVERY, clock);
    }
}
