package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.informer.Subscriber;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Objects;
import java.util.stream.Stream;

/** Has the worker controller look at the worker of a pod that changed: the pod of a deleted job frees its room without an event of a job. */
public final class WorkerPodWakes implements Subscriber<Pod> {
    private final Wake<BuildWorker> workers;

    public WorkerPodWakes(Wake<BuildWorker> workers) {
        this.workers = workers;
    }

    @Override
    public void shown(Pod pod) {
        // The label and the node differ where a pod only says that it is a build.
        Stream.of(
                        pod.getMetadata().getLabels().get(Labels.WORKER),
                        pod.getSpec().getNodeName())
                .filter(Objects::nonNull)
                .distinct()
                .forEach(worker -> workers.up(new ResourceID(worker)));
    }

    @Override
    public void gone(Pod pod) {
        shown(pod);
    }
}
