package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import java.io.IOException;

/** The kernel's meminfo. */
public final class MemInfo {
    private final HostPaths paths;

    public MemInfo(HostPaths paths) {
        this.paths = paths;
    }

    /**
     * An amount in bytes, as {@code MemTotal}.
     *
     * @throws IOException if it is not told
     */
    public long bytes(String name) throws IOException {
        String line = paths.lines("/proc/meminfo").stream()
                .filter(l -> l.startsWith(name + ":"))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/meminfo has no " + name + "."));
        String kilobytes = line.substring(name.length() + 1).replace("kB", "").strip();
        return Long.parseLong(kilobytes) * 1024; // its kB are KiB
    }
}
