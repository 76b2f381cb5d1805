package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.controller.cache.Pages;
import dev.smartdispatcher.operator.worker.PodRequests;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelectorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Watches the pods on nodes that are no builds: what they request, builds cannot have. */
final class NonBuildPods {
    private NonBuildPods() {}

    /** The informer, which keeps of each pod only what its request follows from; one that has ended is not there. */
    static InformerEventSource<Pod, BuildWorker> source(EventSourceContext<BuildWorker> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Pod.class, BuildWorker.class)
                        .withName("other-pods")
                        .withLabelSelector("!" + Labels.JOB_UID)
                        .withFieldSelector(new FieldSelectorBuilder()
                                .withoutField("spec.nodeName", "")
                                .withoutField("status.phase", "Succeeded")
                                .withoutField("status.phase", "Failed")
                                .build())
                        .withItemStore(new RequestsOnlyStore())
                        .withInformerListLimit(Pages.SIZE)
                        .withOnUpdateFilter(
                                (after, before) -> !Objects.equals(PodRequests.of(after), PodRequests.of(before)))
                        .withSecondaryToPrimaryMapper(NonBuildPods::workerOf)
                        .build(),
                context);
    }

    private static Set<ResourceID> workerOf(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getNodeName())
                .map(node -> Set.of(new ResourceID(node)))
                .orElse(Set.of());
    }
}
