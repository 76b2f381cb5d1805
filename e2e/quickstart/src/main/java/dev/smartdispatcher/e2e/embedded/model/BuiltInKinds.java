package dev.smartdispatcher.e2e.embedded.model;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Kubernetes' own kinds that are served, described by their Fabric8 classes. */
final class BuiltInKinds {
    private static final List<Class<? extends HasMetadata>> CLASSES = List.of(
            ConfigMap.class,
            CustomResourceDefinition.class,
            Event.class,
            Lease.class,
            Namespace.class,
            Node.class,
            PersistentVolumeClaim.class,
            Pod.class,
            PodDisruptionBudget.class,
            PriorityClass.class,
            Secret.class,
            StorageClass.class);

    private static final Map<String, Set<String>> SELECTABLE = Map.of(
            "pods",
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "status.phase",
                            "status.podIP"),
            "nodes", Set.of("spec.unschedulable"),
            "namespaces", Set.of("status.phase"),
            "secrets", Set.of("type"),
            "events",
                    Set.of(
                            "involvedObject.kind",
                            "involvedObject.name",
                            "involvedObject.namespace",
                            "involvedObject.uid",
                            "reason",
                            "type"));

    private BuiltInKinds() {}

    static Stream<ResourceKind> all() {
        // Events are one resource in two groups; both are served, each for itself.
        return Stream.concat(
                CLASSES.stream().map(BuiltInKinds::describe),
                Stream.of(describe(io.fabric8.kubernetes.api.model.events.v1.Event.class)));
    }

    private static ResourceKind describe(Class<? extends HasMetadata> type) {
        var plural = HasMetadata.getPlural(type);
        var group = HasMetadata.getGroup(type);
        return new ResourceKind(
                new Gvr(group == null ? "" : group, HasMetadata.getVersion(type), plural),
                HasMetadata.getKind(type),
                Namespaced.class.isAssignableFrom(type),
                Arrays.stream(type.getMethods()).anyMatch(m -> m.getName().equals("getStatus")),
                SELECTABLE.getOrDefault(plural, Set.of()),
                Optional.empty());
    }
}
