package dev.smartdispatcher.operator.attempt;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Reads a pod's status, with what may be missing in it. */
public final class PodState {
    /** Written by the control plane for a node that it does not reach. */
    private static final String NODE_LOST = "NodeLost";

    private static final Set<String> SHUT_DOWN = Set.of("Terminated", "Shutdown", "NodeShutdown");

    private PodState() {}

    /**
     * Whether nothing of the build can be running: its container is seen terminated, or it never had one; or the container that
     * prepares its root is seen to have failed, after which a kubelet starts no other one of the pod. The phase alone
     * proves nothing: it may say Failed while a container still runs, and go back.
     */
    public static boolean ended(Pod pod) {
        return container(pod)
                        .map(ContainerStatus::getState)
                        .map(s -> s.getTerminated())
                        .isPresent()
                || InstallationState.failure(pod).isPresent()
                || neverRan(pod);
    }

    /**
     * Whether the pod failed without a container: it was bound to no node, or its kubelet gave up on it before it knew of one,
     * which always gives a reason. The garbage collector of a lost node's pods gives none, and cannot know what runs there.
     */
    static boolean neverRan(Pod pod) {
        return failed(pod) && (isBound(pod) ? !Containers.areKnown(pod) && givenUp(pod) : !started(pod));
    }

    /**
     * Whether the kubelet has given up on the pod, and has yet to report its container: one that waits may have run, and run
     * still (seen with evictions on v1.36, some seconds before the same container was reported terminated).
     */
    static boolean ending(Pod pod) {
        return failed(pod) && isBound(pod) && givenUp(pod) && container(pod).isPresent() && !started(pod);
    }

    /** Whether the container is reported running or terminated. */
    private static boolean started(Pod pod) {
        return container(pod)
                .map(ContainerStatus::getState)
                .filter(s -> s.getRunning() != null || s.getTerminated() != null)
                .isPresent();
    }

    private static boolean isBound(Pod pod) {
        return pod.getSpec().getNodeName() != null
                && !pod.getSpec().getNodeName().isEmpty();
    }

    private static boolean givenUp(Pod pod) {
        return !reason(pod).isEmpty() && !NODE_LOST.equals(reason(pod)) && !collected(pod);
    }

    private static boolean collected(Pod pod) {
        var conditions = pod.getStatus().getConditions();
        return conditions != null
                && conditions.stream()
                        .anyMatch(
                                c -> "DisruptionTarget".equals(c.getType()) && "DeletionByPodGC".equals(c.getReason()));
    }

    /** The status of the build's container; empty before the kubelet has written one. */
    static Optional<ContainerStatus> container(Pod pod) {
        return Containers.build(pod);
    }

    /**
     * Whether the pod takes room of its node: while its build may run, and while another of its containers may, as long as
     * kube-scheduler counts it. The pod of a build alone gives its room back with the container's end, a second before its phase
     * says so.
     */
    public static boolean holdsRoom(Pod pod) {
        return !ended(pod) || isLingering(pod);
    }

    /** Whether the build has ended and the pod continues, since it has another container that may run. */
    public static boolean isLingering(Pod pod) {
        return ended(pod) && !finished(pod) && Containers.othersMayRun(pod);
    }

    /** Whether the kubelet says that all is over: from then on kube-scheduler does not count the pod. */
    public static boolean finished(Pod pod) {
        return failed(pod)
                || (pod.getStatus() != null
                        && "Succeeded".equals(pod.getStatus().getPhase()));
    }

    private static boolean failed(Pod pod) {
        return pod.getStatus() != null && "Failed".equals(pod.getStatus().getPhase());
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

    /** A time that a kubelet wrote: it writes the epoch for a container that never started. */
    static Optional<Instant> time(String text) {
        return Optional.ofNullable(text)
                .filter(t -> !t.isEmpty())
                .map(Instant::parse)
                .filter(t -> t.isAfter(Instant.EPOCH));
    }

    /**
     * Whether the kubelet ended the pod since its node shuts down (GracefulNodeShutdown): with the reason Terminated, in
     * Kubernetes before 1.22 Shutdown; other pods are ended with other reasons.
     */
    static boolean shutDown(Pod pod) {
        return SHUT_DOWN.contains(reason(pod));
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
