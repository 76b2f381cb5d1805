package dev.smartdispatcher.agent;

import dev.smartdispatcher.agent.advisor.Host;
import dev.smartdispatcher.agent.kernel.Kernel;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probes;
import dev.smartdispatcher.agent.probe.hardware.CpuProbe;
import dev.smartdispatcher.agent.probe.hardware.DiskProbe;
import dev.smartdispatcher.agent.probe.hardware.DiskSpeed;
import dev.smartdispatcher.agent.probe.hardware.MemoryProbe;
import dev.smartdispatcher.agent.probe.system.LoadProbe;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the advisor sees of the host that it runs on.
 *
 * @param name of its BuildWorker
 * @param problems a line for each probe that found nothing
 */
record ThisHost(String name, Host host, List<String> problems) {
    /** Between two looks at the load. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /**
     * Looks for some three seconds, in which it writes to the disk of builds.
     *
     * @param name null: the host's own, as the kubelet takes it
     * @param onlyOthers whether nothing is built here now, so that the load is that of other work
     */
    static ThisHost observe(
            Optional<String> name, HostPaths paths, String buildPath, Kernel kernel, Clock clock, boolean onlyOthers)
            throws InterruptedException {
        var probes = new Probes(
                List.of(
                        new CpuProbe(paths),
                        new MemoryProbe(paths),
                        new DiskProbe(paths, buildPath, kernel),
                        new LoadProbe(paths)),
                clock,
                null);
        probes.get();
        Thread.sleep(BETWEEN_LOOKS.toMillis());
        var facts = probes.get();
        var speed = DiskSpeed.of(paths, buildPath);
        var host = Host.of(facts).withDisk(speed.mibPerSecond(), speed.spinning());
        var problems = facts.problems().stream()
                .map(problem -> problem.probe() + ": " + problem.message())
                .toList();
        return new ThisHost(
                name.orElseGet(() -> hostName(paths)),
                onlyOthers && facts.load() != null ? host.withOthers(facts.load()) : host,
                problems);
    }

    private static String hostName(HostPaths paths) {
        try {
            return paths.text("/proc/sys/kernel/hostname").toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return "this-host";
        }
    }
}
