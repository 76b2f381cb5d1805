package dev.smartdispatcher.operator.workload.install;

import dev.smartdispatcher.api.job.demand.JobIsolation;
import java.util.Optional;

/**
 * Who runs in the build's container.
 *
 * @param isRoot whether the container starts as root
 * @param isAnotherUser whether the command runs as another user than the container, which installs packages first
 */
public record Builder(boolean isRoot, boolean isAnotherUser) {
    /**
     * The user of builds, as of distroless images: for good, since the claims of users hold its files. Nothing else has it, by which
     * a process of the node would be allowed to read the environment of builds: docs/security.md says who has which.
     */
    public static final long USER = 65532;
    /** UID:GID of {@link #USER}. */
    public static final String USER_AND_GROUP = USER + ":" + USER;

    /** Of a build with this isolation, whose packages are installed so. */
    public static Builder of(JobIsolation isolation, Optional<Installation> installation) {
        var wantsRoot = isolation == JobIsolation.Chroot;
        var installs = installation
                .filter(how -> InstallerRights.isRoot(how.context()))
                .isPresent();
        return new Builder(wantsRoot || installs, installs && !wantsRoot);
    }
}
