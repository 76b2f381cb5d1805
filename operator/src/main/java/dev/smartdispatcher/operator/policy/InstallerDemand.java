package dev.smartdispatcher.operator.policy;

import dev.smartdispatcher.api.policy.InstallerContext;
import dev.smartdispatcher.arch.Mode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the installation of an environment's packages demands of a worker and of the mode.
 *
 * @param userNamespace whether the worker has to give the pod a user namespace
 * @param modes in which it works; empty: in any
 * @param namespacedModes in which it works only if the worker gives the pod a user namespace
 */
public record InstallerDemand(boolean userNamespace, Set<Mode> modes, Set<Mode> namespacedModes) {
    /** Nothing. */
    public static final InstallerDemand NOTHING = new InstallerDemand(false, Set.of(), Set.of());

    /** Where fakechroot plays root, emulated programs do not see that root: no scriptlet runs, and nothing says so. */
    private static final Set<Mode> PLAYED = Set.of(Mode.Native, Mode.Compat);

    /** That of the contexts to choose from. */
    static InstallerDemand of(List<InstallerContext> usable) {
        return new InstallerDemand(
                usable.equals(List.of(InstallerContext.UserNamespace)),
                usable.equals(List.of(InstallerContext.Restricted)) ? PLAYED : Set.of(),
                usable.equals(List.of(InstallerContext.UserNamespace, InstallerContext.Restricted))
                        ? EnumSet.complementOf(EnumSet.copyOf(PLAYED))
                        : Set.of());
    }

    /** Whether packages can be installed in the context for a build of this mode. */
    static boolean works(InstallerContext context, Mode mode) {
        return context != InstallerContext.Restricted || PLAYED.contains(mode);
    }

    /** Whether a job that allows these modes, or any if there are none, can have it. */
    public boolean allows(Set<Mode> jobs) {
        return modes.isEmpty() || jobs.isEmpty() || jobs.stream().anyMatch(modes::contains);
    }

    /** The modes that are left of those that a job allows. */
    public Set<Mode> within(Set<Mode> jobs) {
        if (modes.isEmpty() || jobs.isEmpty()) {
            return modes.isEmpty() ? jobs : modes;
        }
        return jobs.stream().filter(modes::contains).collect(Collectors.toSet());
    }
}
