package dev.smartdispatcher.e2e.chaos.kubelet;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What kubelets write of pods: each write concerns the pod of one UID, and no other of its name. */
record PodWrites(KubernetesClient client) {

    void running(Container container) {
        status(
                container.pod(),
                "Running",
                new ContainerStateBuilder()
                        .withNewRunning()
                        .withStartedAt(text(container.started()))
                        .endRunning()
                        .build());
    }

    /** The container's end: while the phase still says Running, as kubelets report it first, and again with the phase. */
    void ended(Container container, boolean finished) {
        var end = container.end().orElseThrow();
        status(
                container.pod(),
                finished ? end.phase() : "Running",
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(end.exitCode())
                        .withReason(end.reason())
                        .withMessage(end.message())
                        .withStartedAt(text(container.started()))
                        .withFinishedAt(text(container.ended()))
                        .endTerminated()
                        .build());
    }

    /** The last that a kubelet does of a deleted pod. */
    void remove(Pod pod) {
        resource(pod).withGracePeriod(0).delete();
    }

    private void status(Pod pod, String phase, ContainerState state) {
        var spec = pod.getSpec().getContainers().get(0);
        var container = new ContainerStatusBuilder()
                .withName(spec.getName())
                .withImage(spec.getImage())
                .withImageID("")
                .withReady(false)
                .withRestartCount(0)
                .withState(state)
                .build();
        var patch = Map.of(
                "metadata", Map.of("uid", pod.getMetadata().getUid()),
                "status",
                        Map.of(
                                "phase",
                                phase,
                                "startTime",
                                text(Instant.now()),
                                "containerStatuses",
                                List.of(container)));
        resource(pod)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .build(),
                        Serialization.asJson(patch));
    }

    private PodResource resource(Pod pod) {
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
