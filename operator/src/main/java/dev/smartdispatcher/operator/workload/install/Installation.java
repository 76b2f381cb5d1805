package dev.smartdispatcher.operator.workload.install;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.api.environment.PackageRepository;
import dev.smartdispatcher.api.environment.Resolve;
import dev.smartdispatcher.api.policy.InstallerContext;

/**
 * How the packages of one attempt are installed.
 *
 * @param installer not None
 * @param context the rights that the installing container has
 */
public record Installation(
        Installer installer, BuildRoot root, PackageRepository repository, Resolve resolve, InstallerContext context) {

    /** As an environment says that has an installer. */
    public static Installation of(BuildEnvironmentSpec environment, InstallerContext context) {
        return new Installation(
                environment.installer(), environment.root(), environment.repository(), environment.resolve(), context);
    }

    /** Whether an init container installs, and the build's container only enters the root; obs-build does both in one run. */
    public boolean isPrepared() {
        return isPrepared(installer, root);
    }

    /** The same of an environment. */
    public static boolean isPrepared(Installer installer, BuildRoot root) {
        return root == BuildRoot.Directory && (installer == Installer.Deb || installer == Installer.Rpm);
    }

    /** Whether root is played by fakeroot and fakechroot, since the container has no rights. */
    public boolean isPlayed() {
        return context == InstallerContext.Restricted;
    }
}
