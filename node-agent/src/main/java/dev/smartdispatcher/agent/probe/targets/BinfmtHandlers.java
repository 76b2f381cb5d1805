package dev.smartdispatcher.agent.probe.targets;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.arch.Architecture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The handlers for foreign programs that an administrator registered, and that can work: enabled, and with an interpreter
 * that is there or that the kernel holds open. Source: the kernel's documentation, admin-guide/binfmt-misc.
 */
final class BinfmtHandlers {
    private static final String DIRECTORY = "/proc/sys/fs/binfmt_misc";

    /** Files of the directory that are no handlers. */
    private static final Set<String> CONTROLS = Set.of("register", "status");

    private final List<BinfmtHandler> usable;

    private BinfmtHandlers(List<BinfmtHandler> usable) {
        this.usable = List.copyOf(usable);
    }

    /** Those of this host; none where binfmt_misc is not mounted, or switched off as a whole. */
    static BinfmtHandlers of(HostPaths paths) throws IOException {
        List<BinfmtHandler> usable = new ArrayList<>();
        if (paths.textIfAny(DIRECTORY + "/status").orElse("disabled").equals("enabled")) {
            for (String entry : paths.names(DIRECTORY)) {
                if (!CONTROLS.contains(entry)) {
                    usable(paths, entry).ifPresent(usable::add);
                }
            }
        }
        return new BinfmtHandlers(usable);
    }

    private static Optional<BinfmtHandler> usable(HostPaths paths, String entry) throws IOException {
        return parse(entry, paths.lines(DIRECTORY + "/" + entry))
                .filter(handler -> handler.interpreterHeldOpen() || paths.exists(handler.interpreter()));
    }

    private static Optional<BinfmtHandler> parse(String entry, List<String> lines) throws IOException {
        try {
            return BinfmtHandler.parse(lines);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The handler " + entry + " of binfmt_misc cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Whether one of them takes the programs of {@code architecture}. */
    boolean take(Architecture architecture) {
        return usable.stream().anyMatch(handler -> handler.takes(architecture));
    }
}
