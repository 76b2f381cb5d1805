package dev.smartdispatcher.e2e.api.rights;

import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The end of a pod's only container, as a kubelet reports it. */
final class EndedPod {
    private EndedPod() {}

    /** Of a pod whose container runs. */
    static void write(KubernetesClient client, String namespace, String name, int exitCode) {
        client.pods().inNamespace(namespace).withName(name).editStatus(pod -> {
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
}
