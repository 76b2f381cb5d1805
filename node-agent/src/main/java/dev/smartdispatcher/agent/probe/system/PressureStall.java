package dev.smartdispatcher.agent.probe.system;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.api.worker.facts.LoadFacts.Pressure;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel's pressure stall information: the share of the last minute in which some task waited. Source: the kernel's
 * documentation, accounting/psi.
 */
final class PressureStall {
    private static final Pattern SOME = Pattern.compile("(?m)^some .*\\bavg60=(\\d+(?:\\.\\d+)?)");

    private PressureStall() {}

    /** Whole percents; empty where the kernel has none of it, or has it switched off (psi=0). */
    static Optional<Pressure> of(HostPaths paths) {
        Pressure pressure = new Pressure(percent(paths, "cpu"), percent(paths, "memory"), percent(paths, "io"));
        return Optional.of(pressure).filter(p -> p.cpu() != null || p.memory() != null || p.io() != null);
    }

    private static Integer percent(HostPaths paths, String resource) {
        try {
            Matcher some = SOME.matcher(paths.text("/proc/pressure/" + resource));
            return some.find() ? (Integer) (int) Math.min(100, Math.round(Double.parseDouble(some.group(1)))) : null;
        } catch (IOException e) {
            return null; // switched off, its files are there, but cannot be read
        }
    }
}
