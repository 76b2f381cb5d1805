package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.Paths;
import dev.smartdispatcher.operator.workload.cache.CacheMounts;
import dev.smartdispatcher.operator.workload.cache.PackageCache;
import dev.smartdispatcher.operator.workload.cache.PodCache;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The init container that makes room among the caches of the namespace's packages. It alone sees all of them; nothing of the job reaches
 * it but the name of the job's package. It has the user of builds, whose files it removes, and no rights.
 */
final class CacheContainer {
    private CacheContainer() {}

    static Container of(WorkerPodRequest request, PodCache cache) {
        return new ContainerBuilder()
                .withName(WorkerPod.CACHES)
                .withImage(request.plan().image())
                .withImagePullPolicy(WorkerPod.pullPolicy(request))
                .withCommand("/bin/sh", Paths.ENTRY + "/" + EntryConfigMap.CACHES)
                .withArgs(arguments(request, cache))
                .withResources(WorkerPod.resources(request))
                .withSecurityContext(PodIsolation.unprivileged())
                .withTerminationMessagePolicy("File")
                .withVolumeMounts(PodVolumes.cacheMounts())
                .build();
    }

    private static List<String> arguments(WorkerPodRequest request, PodCache cache) {
        var arguments = new ArrayList<>(List.of(
                "--dir",
                CacheMounts.PACKAGES,
                "--name",
                PackageCache.directory(request.job().name(), request.spec()),
                "--size",
                Long.toString(cache.volume().part())));
        cache.busy().forEach(name -> {
            arguments.add("--busy");
            arguments.add(name);
        });
        return arguments;
    }
}
