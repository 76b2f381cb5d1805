package dev.smartdispatcher.e2e.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Where something was measured.
 *
 * @param memoryMiB of the machine
 * @param loadBefore processes that wanted to run in the minute before: on a quiet machine next to nothing
 */
public record Machine(int cores, long memoryMiB, String kernel, String jdk, double loadBefore) {
    private static final long MIB = 1024 * 1024;

    public static Machine here() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() / MIB,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                system.getSystemLoadAverage());
    }
}
