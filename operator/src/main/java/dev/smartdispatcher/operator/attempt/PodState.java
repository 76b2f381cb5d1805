package dev.smartdispatcher.operator.attempt;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** Reads a pod's status, with what may be missing in it. */
public final class PodState {
    private PodState() {}

    /**
     * Whether nothing of the pod can be running: its container is seen terminated, or the kubelet gave up on it before
     * there was one. The phase alone proves nothing: it may say Failed while a container still runs, and go back.
     */
    public static boolean ended(Pod pod) {
        var container = container(pod);
        if (container.isPresent()) {
            var state = container.get().getState();
            return state != null && (state.getTerminated() != null || (finalPhase(pod) && state.getWaiting() != null));
        }
        return finalPhase(pod);
    }

    /** The status of the one container; empty before the kubelet has written one. */
    static Optional<ContainerStatus> container(Pod pod) {
        var statuses = pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
        return (statuses == null ? List.<ContainerStatus>of() : statuses)
                .stream().findFirst();
    }

    static boolean finalPhase(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Failed".equals(phase) || "Succeeded".equals(phase);
    }

    /** status.reason of the pod; empty text if there is none. */
    static String reason(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getReason() == null
                ? ""
                : pod.getStatus().getReason();
    }

    /** status.message of the pod; empty text if there is none. */
    static String message(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getMessage() == null
                ? ""
                : pod.getStatus().getMessage();
    }

    /** Whether somebody other than the build ends the pod: a deletion, an eviction, a preemption. */
    static boolean disrupted(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return true;
        }
        var conditions = pod.getStatus() == null ? null : pod.getStatus().getConditions();
        return conditions != null
                && conditions.stream()
                        .anyMatch(c -> "DisruptionTarget".equals(c.getType()) && "True".equals(c.getStatus()));
    }
}
