package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.Results;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.workload.Expansion;
import dev.smartdispatcher.operator.workload.Paths;
import dev.smartdispatcher.operator.workload.cache.PackageCache;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of a worker pod's container: what the operator tells the build, then the environment's, then the job's. */
final class PodEnvironment {
    private PodEnvironment() {}

    /** The variables. Later ones win, but none replaces one of the operator's BUILD_ names. */
    static List<EnvVar> variables(WorkerPodRequest request) {
        var all = new LinkedHashMap<>(operators(request));
        var reserved = List.copyOf(all.keySet());
        var more = new LinkedHashMap<>(request.plan().env());
        request.spec().env().forEach(v -> more.put(v.name(), v.value() == null ? "" : v.value()));
        more.forEach((name, value) -> {
            if (!reserved.contains(name) || !name.startsWith("BUILD_")) {
                all.put(name, value);
            }
        });
        var variables = new ArrayList<EnvVar>();
        all.forEach((name, value) -> variables.add(new EnvVar(name, value, null)));
        return variables;
    }

    private static Map<String, String> operators(WorkerPodRequest request) {
        var spec = request.spec();
        var allocation = request.allocation();
        var env = new LinkedHashMap<String, String>();
        // First, so that all others may refer to it as $(BUILD_JOBS).
        env.put("BUILD_JOBS", allocation.parallelism().toString());
        env.put("BUILD_PACKAGE", PackageCache.packageName(request.job().name(), spec));
        env.put("BUILD_HOST_ARCH", allocation.hostArch());
        env.put("BUILD_TARGET_ARCH", spec.targetArch());
        env.put("BUILD_MODE", allocation.mode().name());
        env.put("BUILD_WORKER", allocation.worker());
        env.put("BUILD_ATTEMPT", Integer.toString(request.attempt()));
        env.put("BUILD_LISTS", Paths.LISTS);
        env.put("BUILD_RESULTS", results(spec));
        env.put("BUILD_MEMORY_BYTES", Long.toString(Quantities.bytes(allocation.memory())));
        if (spec.cache() != null) {
            env.put("BUILD_CACHE", spec.cache().path());
            env.put("BUILD_CACHE_BYTES", Long.toString(cacheBytes(request)));
        }
        env.put("HOME", Paths.HOME);
        env.put("TMPDIR", Paths.TMP);
        env.replaceAll((name, value) -> Expansion.escape(value));
        return env;
    }

    /** What the build may leave in its cache: as much as those of all packages together, or as its disk. */
    private static long cacheBytes(WorkerPodRequest request) {
        return request.cache()
                .map(cache -> cache.volume().part())
                .orElse(Quantities.bytes(request.allocation().disk()));
    }

    /** The directory in which the build leaves its results, whether they are kept or not. */
    static String results(BuildJobSpec spec) {
        return spec.results() == null ? Results.DEFAULT_PATH : spec.results().directory();
    }

    static List<EnvFromSource> sources(WorkerPodRequest request) {
        return request.spec().envFrom().stream()
                .map(source -> {
                    var builder = new EnvFromSourceBuilder().withPrefix(source.prefix());
                    if (source.configMapRef() != null) {
                        builder.withNewConfigMapRef(source.configMapRef().name(), false);
                    }
                    if (source.secretRef() != null) {
                        builder.withNewSecretRef(source.secretRef().name(), false);
                    }
                    return builder.build();
                })
                .toList();
    }
}
