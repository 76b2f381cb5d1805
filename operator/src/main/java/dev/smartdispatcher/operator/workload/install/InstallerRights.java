package dev.smartdispatcher.operator.workload.install;

import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.api.policy.InstallerContext;
import java.util.List;
import java.util.stream.Stream;

/** What rights a container has in each context, as measured: with less, some package cannot be installed. */
public final class InstallerRights {
    /** Unpacking with owners, modes and file capabilities; KILL, for the entry ends a build that runs as another user. */
    private static final List<String> UNPACK =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETFCAP", "SETGID", "SETUID");

    private InstallerRights() {}

    /** Whether the container runs as root. */
    public static boolean isRoot(InstallerContext context) {
        return context != InstallerContext.Restricted;
    }

    /** Whether the pod has a user namespace of its own. */
    public static boolean hasUserNamespace(InstallerContext context) {
        return context == InstallerContext.UserNamespace;
    }

    /** Capabilities, in alphabetical order. Only a root of its own is entered, and gets /proc and /dev if the context may mount. */
    public static List<String> capabilities(InstallerContext context, BuildRoot root) {
        if (!isRoot(context)) {
            return List.of();
        }
        if (root == BuildRoot.Image) {
            return UNPACK;
        }
        var more = context == InstallerContext.Baseline ? List.of("SYS_CHROOT") : List.of("SYS_ADMIN", "SYS_CHROOT");
        return Stream.concat(UNPACK.stream(), more.stream()).toList();
    }
}
