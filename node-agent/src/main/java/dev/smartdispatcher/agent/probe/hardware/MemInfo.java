package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.StatedNumber;
import dev.smartdispatcher.arch.Quantities;
import java.io.IOException;

/** The kernel's meminfo. */
public final class MemInfo {
    private static final String FILE = "/proc/meminfo";

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
        String line = paths.lines(FILE).stream()
                .filter(l -> l.startsWith(name + ":"))
                .findFirst()
                .orElseThrow(() -> new IOException(FILE + " has no " + name + "."));
        String kilobytes = line.substring(name.length() + 1).replace("kB", "").strip();
        return StatedNumber.whole(kilobytes, FILE, Quantities.MOST / 1024) * 1024; // its kB are KiB
    }
}
