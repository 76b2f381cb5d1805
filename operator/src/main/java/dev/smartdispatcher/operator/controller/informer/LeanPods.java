package dev.smartdispatcher.operator.controller.informer;

import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the cache keeps of worker pods: whose they are, where, what they request and mount, and their status. What the build's
 * container runs is the job's, and as large. Of what carries the operator's label without being an attempt less.
 */
public final class LeanPods {
    private static final Set<String> LABELS =
            Set.of(Labels.MANAGED_BY, Labels.JOB, Labels.JOB_UID, Labels.ATTEMPT, Labels.WORKER, Labels.EVICTABLE);
    private static final String OWNER = "BuildJob";
    private static final String OWN_ANNOTATIONS = ApiGroup.GROUP + "/";
    private static final String OWN_VARIABLES = "BUILD_";
    /** Longer annotations and variables are none of the operator's. */
    private static final int LONGEST = 4096;

    private LeanPods() {}

    /** The store for pods with the operator's label. */
    public static LeanStore<Pod> store() {
        return new LeanStore<>(LeanPods::of);
    }

    static Pod of(Pod pod) {
        var meta = pod.getMetadata();
        meta.setManagedFields(List.of());
        meta.setOwnerReferences(meta.getOwnerReferences().stream()
                .filter(owner -> OWNER.equals(owner.getKind()))
                .toList());
        meta.setLabels(only(meta.getLabels(), LABELS::contains));
        meta.setAnnotations(only(meta.getAnnotations(), key -> key.startsWith(OWN_ANNOTATIONS)));
        var spec = pod.getSpec();
        spec.setContainers(lean(spec.getContainers()));
        spec.setInitContainers(lean(spec.getInitContainers()));
        spec.setTolerations(List.of());
        spec.setAffinity(null);
        if (AttemptPod.of(pod).isEmpty()) {
            spec.setVolumes(List.of());
        }
        return pod;
    }

    private static Map<String, String> only(Map<String, String> all, Predicate<String> kept) {
        return all == null
                ? Map.of()
                : all.entrySet().stream()
                        .filter(e -> kept.test(e.getKey()) && e.getValue().length() <= LONGEST)
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<Container> lean(List<Container> containers) {
        return containers.stream().map(LeanPods::lean).toList();
    }

    private static Container lean(Container container) {
        return new ContainerBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withRestartPolicy(container.getRestartPolicy())
                .withResources(container.getResources())
                .withEnv(container.getEnv().stream()
                        .filter(e -> e.getName().startsWith(OWN_VARIABLES)
                                && e.getValue() != null
                                && e.getValue().length() <= LONGEST)
                        .toList())
                .build();
    }
}
