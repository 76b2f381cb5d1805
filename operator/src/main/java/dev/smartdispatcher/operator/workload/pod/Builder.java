package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.operator.workload.install.InstallerRights;

/**
 * Who runs in the build's container.
 *
 * @param isRoot whether the container starts as root
 * @param isAnotherUser whether the command runs as another user than the container, which installs packages first
 */
record Builder(boolean isRoot, boolean isAnotherUser) {
    static Builder of(WorkerPodRequest request) {
        var wantsRoot = request.spec().requiresOrNothing().isolationOrDefault() == JobIsolation.Chroot;
        var installs = request.installation()
                .filter(installation -> InstallerRights.isRoot(installation.context()))
                .isPresent();
        return new Builder(wantsRoot || installs, installs && !wantsRoot);
    }
}
