package dev.smartdispatcher.operator.controller.informer;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.worker.node.PodRequests;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelectorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The pods on nodes that are neither builds nor checks: builds cannot have what they request. */
final class NonBuildPods {
    private NonBuildPods() {}

    /** The cache keeps of each pod only what its request follows from, and leaves out pods that have ended. */
    static InformerEventSourceConfiguration<Pod> configuration() {
        return InformerEventSourceConfiguration.from(Pod.class, BuildWorker.class)
                .withName("other-pods")
                .withLabelSelector("!" + Labels.JOB_UID + ",!" + Labels.CHECK_UID)
                .withFieldSelector(new FieldSelectorBuilder()
                        .withoutField("spec.nodeName", "")
                        .withoutField("status.phase", "Succeeded")
                        .withoutField("status.phase", "Failed")
                        .build())
                .withItemStore(new RequestsOnlyStore())
                .withInformerListLimit(Pages.SIZE)
                .withOnUpdateFilter((after, before) -> !Objects.equals(PodRequests.of(after), PodRequests.of(before)))
                .withSecondaryToPrimaryMapper(NonBuildPods::workerOf)
                .build();
    }

    private static Set<ResourceID> workerOf(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getNodeName())
                .map(node -> Set.of(new ResourceID(node)))
                .orElse(Set.of());
    }
}
