package dev.smartdispatcher.arch;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which other architectures' programs a host's CPU may run by a personality. It says what to try: whether a kernel has
 * the support built in is found out by the node agent. Source: the Open Build Service's table of what a host can build,
 * restricted to the names of {@link Architecture}.
 */
public final class Compatibility {
    private static final Map<Architecture, List<Architecture>> COMPAT = new EnumMap<>(Map.of(
            Architecture.x86_64, List.of(Architecture.i586),
            Architecture.aarch64, List.of(Architecture.armv7l, Architecture.armv6l),
            Architecture.armv7l, List.of(Architecture.armv6l)));

    private Compatibility() {}

    /** The architectures that {@code host} may run beside its own. */
    public static List<Architecture> of(Architecture host) {
        return COMPAT.getOrDefault(host, List.of());
    }
}
