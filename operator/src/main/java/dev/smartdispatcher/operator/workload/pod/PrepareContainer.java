package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.Paths;
import dev.smartdispatcher.operator.workload.cache.PodCache;
import dev.smartdispatcher.operator.workload.install.InstallPaths;
import dev.smartdispatcher.operator.workload.install.Installation;
import dev.smartdispatcher.operator.workload.install.InstallerArguments;
import dev.smartdispatcher.operator.workload.install.RequiredImage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The init container that fills a root of its own. It runs the installer under the entry, which enforces the deadline and reports.
 * Nothing of the job reaches it but the job's target: neither its image nor its variables.
 */
final class PrepareContainer {
    private PrepareContainer() {}

    static Container of(WorkerPodRequest request, Installation installation) {
        return new ContainerBuilder()
                .withName(WorkerPod.PREPARE)
                .withImage(request.plan().image())
                .withImagePullPolicy(WorkerPod.pullPolicy(request))
                .withCommand("/bin/sh", Paths.ENTRY + "/" + EntryConfigMap.SCRIPT)
                .withArgs(arguments(request, installation))
                // As much as the build, at the same time as nobody: what kube-scheduler counts is the larger of both.
                .withResources(WorkerPod.resources(request))
                .withSecurityContext(request.isolation().ofContainer())
                .withTerminationMessagePolicy("File")
                .withVolumeMounts(PodVolumes.prepareMounts(request, installation))
                .build();
    }

    private static List<String> arguments(WorkerPodRequest request, Installation installation) {
        var arguments = new ArrayList<>(List.of(
                "--report",
                Paths.TERMINATION_LOG,
                "--deadline",
                Integer.toString(request.deadlineSeconds()),
                "--deadline-file",
                Paths.POD + "/" + Paths.DEADLINE,
                "--clock",
                Paths.STATE + "/" + InstallPaths.CLOCK,
                "--scratch",
                InstallPaths.WORK,
                "--install-report",
                Paths.STATE + "/" + InstallPaths.REPORT));
        if (RequiredImage.of(request.allocation(), request.spec().targetArch(), Optional.of(installation))
                .is32Bit()) {
            arguments.addAll(List.of("--personality", "32"));
        }
        arguments.add("--");
        arguments.addAll(InstallerArguments.prepare(
                installation,
                request.allocation(),
                request.spec(),
                request.cache().map(PodCache::volume),
                request.plan().image()));
        return arguments;
    }
}
