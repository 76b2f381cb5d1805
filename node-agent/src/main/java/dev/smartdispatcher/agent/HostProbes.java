package dev.smartdispatcher.agent;

import dev.smartdispatcher.agent.kernel.Kernel;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Occasional;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.agent.probe.Probes;
import dev.smartdispatcher.agent.probe.hardware.CpuProbe;
import dev.smartdispatcher.agent.probe.hardware.DiskProbe;
import dev.smartdispatcher.agent.probe.hardware.HypervisorProbe;
import dev.smartdispatcher.agent.probe.hardware.MemoryProbe;
import dev.smartdispatcher.agent.probe.hardware.SpeedProbe;
import dev.smartdispatcher.agent.probe.isolation.ChrootProbe;
import dev.smartdispatcher.agent.probe.isolation.ContainerProbe;
import dev.smartdispatcher.agent.probe.isolation.KvmProbe;
import dev.smartdispatcher.agent.probe.isolation.Trials;
import dev.smartdispatcher.agent.probe.isolation.UserNamespaceProbe;
import dev.smartdispatcher.agent.probe.isolation.XenProbe;
import dev.smartdispatcher.agent.probe.local.LocalProbe;
import dev.smartdispatcher.agent.probe.system.KernelProbe;
import dev.smartdispatcher.agent.probe.system.LoadProbe;
import dev.smartdispatcher.agent.probe.targets.ArchitectureProbe;
import dev.smartdispatcher.agent.probe.targets.CompatProbe;
import dev.smartdispatcher.agent.probe.targets.EmulationProbe;
import dev.smartdispatcher.agent.probe.targets.Machine;
import dev.smartdispatcher.agent.speed.SeparateBenchmark;
import dev.smartdispatcher.agent.speed.SpeedFile;
import dev.smartdispatcher.threads.DaemonThreads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which probes there are, and in which order their findings are listed. */
final class HostProbes {
    /** For what starts processes or machines, and changes with the machine's configuration alone. */
    private static final Duration TRIALS_EVERY = Duration.ofMinutes(5);

    /** On a machine without idle CPU the agent gets a fortieth of one, as the weight of its CPU request is. */
    private static final Duration MEASURED_WITHIN = Duration.ofMinutes(5);

    private HostProbes() {}

    static Probes of(
            HostPaths paths, String buildPath, String featuresDirectory, Kernel kernel, SpeedProbe speed, Clock clock) {
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
                new HypervisorProbe(paths),
                new CpuProbe(paths),
                speed,
                new MemoryProbe(paths),
                new DiskProbe(paths, buildPath, kernel),
                new KernelProbe(paths),
                new LoadProbe(paths),
                new LocalProbe(paths, featuresDirectory, clock));
        return new Probes(probes, clock, HostProbes.class.getPackage().getImplementationVersion());
    }

    /**
     * Measures in a separate thread.
     *
     * @param stateDirectory where the agent keeps what outlives it, if anywhere
     */
    static SpeedProbe speed(HostPaths paths, Optional<Path> stateDirectory, Clock clock) {
        return new SpeedProbe(
                paths,
                new SeparateBenchmark(MEASURED_WITHIN),
                stateDirectory.map(SpeedFile::new),
                measurement ->
                        new DaemonThreads("speed-index").newThread(measurement).start(),
                clock);
    }

    private static Probe occasional(Probe probe, Clock clock) {
        return new Occasional(probe, TRIALS_EVERY, clock);
    }
}
