package dev.smartdispatcher.e2e.farm;

import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a kubelet would write of pods whose only container is the build, as a test tells it. */
public record Kubelet(KubernetesClient client) {
    public void running(Pod pod) {
        report(pod, "Running", "{running: {startedAt: \"" + now() + "\"}}");
    }

    /** The container waits for this reason, and will not start. */
    public void waiting(Pod pod, String reason) {
        report(pod, "Pending", "{waiting: {reason: " + reason + "}}");
    }

    public void ended(Pod pod, int exitCode) {
        ended(pod, exitCode, exitCode == 0 ? "Completed" : "Error", "{\\\"exitCode\\\":" + exitCode + "}");
    }

    /** The container is terminated, while the phase still says Running, as a kubelet reports it first. */
    public void ended(Pod pod, int exitCode, String reason, String message) {
        report(pod, "Running", """
            {terminated: {exitCode: %d, reason: %s, message: "%s", startedAt: "%s", finishedAt: "%s"}}\
            """.formatted(exitCode, reason, message, now(), now()));
    }

    private void report(Pod pod, String phase, String state) {
        containers(pod, phase, "{name: build, state: " + state + "}");
    }

    /** The container of a deleted pod was never made. */
    public void neverMade(Pod pod) {
        containers(
                pod,
                "Failed",
                "{name: build, state: {terminated: {exitCode: 137, reason: ContainerStatusUnknown, message: 'The container"
                        + " could not be located when the pod was terminated'}}}");
    }

    /** As it reports a pod of several containers: their statuses in YAML's flow style, separated by commas. */
    public void containers(Pod pod, String phase, String statuses) {
        var status = Serialization.unmarshal(
                "--- {phase: " + phase + ", containerStatuses: [" + statuses + "]}", PodStatus.class);
        Edits.status(resource(pod), p -> {
            p.getStatus().setPhase(status.getPhase());
            p.getStatus().setContainerStatuses(status.getContainerStatuses());
            return p;
        });
    }

    /** The container of a pod that runs has ended, and so has the pod. */
    public void over(String namespace, String name, int exitCode) {
        Edits.status(client.pods().inNamespace(namespace).withName(name), pod -> {
            var status = pod.getStatus();
            status.setPhase(exitCode == 0 ? "Succeeded" : "Failed");
            var state = status.getContainerStatuses().get(0).getState();
            var started = state.getRunning().getStartedAt();
            state.setRunning(null);
            state.setTerminated(new ContainerStateTerminatedBuilder()
                    .withExitCode(exitCode)
                    .withReason(exitCode == 0 ? "Completed" : "Error")
                    .withMessage("{\"exitCode\":" + exitCode + "}")
                    .withStartedAt(started)
                    .withFinishedAt(started)
                    .build());
            return pod;
        });
    }

    /** The last process of a deleted pod is gone. */
    public void gone(Pod pod) {
        resource(pod).withGracePeriod(0).delete();
    }

    private PodResource resource(Pod pod) {
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
