package dev.smartdispatcher.agent.advise;

import dev.smartdispatcher.agent.advisor.Advice;
import dev.smartdispatcher.agent.advisor.JobSize;
import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** The objects into which an advice is written, with no more fields than it is about. */
final class Written {
    private Written() {}

    /** The worker's limits and cache. */
    static GenericKubernetesResource worker(Named named) {
        return object("BuildWorker", named.worker(), workerSpec(named.advice()));
    }

    /** What jobs get that do not say. */
    static GenericKubernetesResource policy(JobSize job) {
        return object("DispatchPolicy", DispatchPolicy.NAME, policySpec(job));
    }

    static Map<String, Object> policySpec(JobSize job) {
        var memory = new LinkedHashMap<String, Object>();
        memory.put("base", Quantities.formatBytes(job.base()));
        memory.put("perProcess", Quantities.formatBytes(job.perProcess()));
        var defaults = new LinkedHashMap<String, Object>();
        defaults.put("memory", memory);
        defaults.put("disk", Map.of("size", Quantities.formatBytes(job.disk())));
        return Map.of("defaults", defaults);
    }

    private static Map<String, Object> workerSpec(Advice advice) {
        var spec = new LinkedHashMap<String, Object>();
        if (advice.limits() != null) {
            spec.put("limits", limits(advice.limits()));
        }
        advice.cache().ifPresent(cache -> {
            var map = new LinkedHashMap<String, Object>();
            map.put("size", Quantities.formatBytes(cache.size()));
            map.put("storageClassName", cache.storageClassName());
            spec.put("cache", map);
        });
        return spec;
    }

    private static Map<String, Object> limits(Amounts amounts) {
        var limits = new LinkedHashMap<String, Object>();
        put(limits, "cpu", amounts.cpu());
        put(limits, "memory", amounts.memory());
        put(limits, "disk", amounts.disk());
        if (amounts.jobs() != null) {
            limits.put("jobs", amounts.jobs());
        }
        return limits;
    }

    private static void put(Map<String, Object> map, String key, Object value) {
        if (value != null) {
            map.put(key, value.toString());
        }
    }

    private static GenericKubernetesResource object(String kind, String name, Map<String, Object> spec) {
        var object = new GenericKubernetesResource();
        object.setApiVersion(ApiGroup.GROUP + "/" + ApiGroup.VERSION);
        object.setKind(kind);
        object.setMetadata(new ObjectMetaBuilder().withName(name).build());
        object.setAdditionalProperty("spec", spec);
        return object;
    }
}
