package dev.smartdispatcher.operator.controller.informer;

import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.worker.BuildWorker;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pods that are labelled as pods of checks. */
final class LabelledCheckPods {
    private LabelledCheckPods() {}

    static InformerEventSourceConfiguration<Pod> configuration() {
        return InformerEventSourceConfiguration.from(Pod.class, BuildWorker.class)
                .withName("check-pods")
                .withLabelSelector(Labels.CHECK_UID)
                .withItemStore(new LeanStore<>(LabelledCheckPods::lean))
                .withInformerListLimit(Pages.SIZE)
                .withSecondaryToPrimaryMapper(
                        pod -> worker(pod).stream().map(ResourceID::new).collect(Collectors.toSet()))
                .build();
    }

    /** The worker that its label names. */
    static List<String> worker(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .map(labels -> labels.get(Labels.WORKER))
                .map(List::of)
                .orElse(List.of());
    }

    /** Without the script, and whatever else is not asked for. */
    static Pod lean(Pod pod) {
        var meta = pod.getMetadata();
        meta.setManagedFields(List.of());
        meta.setAnnotations(
                meta.getAnnotations() == null
                        ? Map.of()
                        : meta.getAnnotations().entrySet().stream()
                                .filter(e -> e.getKey().startsWith(ApiGroup.GROUP + "/"))
                                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
        var spec = pod.getSpec();
        spec.setContainers(spec.getContainers().stream()
                .map(container -> new ContainerBuilder()
                        .withName(container.getName())
                        .withResources(container.getResources())
                        .build())
                .toList());
        spec.setVolumes(List.of());
        spec.setTolerations(List.of());
        spec.setAffinity(null);
        return pod;
    }
}
