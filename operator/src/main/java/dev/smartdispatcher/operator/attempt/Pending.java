package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How long a pod may take to start, and what keeps it. */
final class Pending {
    /** Before that, nothing is said: a scheduler may see a second later than the dispatcher that a build has ended. */
    static final Duration ORDINARY = Duration.ofSeconds(10);
    /** Something else took the room, or the node was cordoned: another worker may be better. */
    static final Duration UNSCHEDULABLE = Duration.ofMinutes(2);
    /** A registry that does not answer may come back; one that says no will not, but the kubelet does not tell them apart. */
    static final Duration NO_IMAGE = Duration.ofMinutes(2);
    /** Volumes that do not come, sandboxes that cannot be made. */
    static final Duration NOT_CREATED = Duration.ofMinutes(10);
    /** The sandbox is there, and the image is on its way: a large one by a slow line. */
    static final Duration PULLING = Duration.ofSeconds(WorkerPod.START_ALLOWANCE_SECONDS);

    /** Nothing but another spec helps. */
    private static final Set<String> HOPELESS =
            Set.of("InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError", "CreateContainerError");

    private static final Set<String> IMAGE = Set.of("ErrImagePull", "ImagePullBackOff", "ImageInspectError");

    private Pending() {}

    /** Why the pod is not to be waited for any longer; empty if it is. */
    static Optional<String> judge(Pod pod, Instant now) {
        var init = Containers.failedInit(pod);
        if (init.isPresent()) {
            return Optional.of("init container " + init.get().getName() + " failed: exit code "
                    + init.get().getState().getTerminated().getExitCode());
        }
        var waiting = waiting(pod);
        var age = age(pod, now);
        if (waiting.isPresent()) {
            var reason = waiting.get().getReason();
            var message = sentence(waiting.get());
            if (HOPELESS.contains(reason) || (IMAGE.contains(reason) && age.compareTo(NO_IMAGE) > 0)) {
                return Optional.of(message);
            }
            return age.compareTo(isPulling(pod) ? PULLING : NOT_CREATED) > 0
                    ? Optional.of("not started for " + minutes(age) + ": " + message)
                    : Optional.empty();
        }
        var unscheduled = unscheduled(pod);
        if (unscheduled.isPresent()) {
            return age.compareTo(UNSCHEDULABLE) > 0
                    ? Optional.of("not scheduled for " + minutes(age) + ": "
                            + unscheduled.get().getMessage())
                    : Optional.empty();
        }
        return age.compareTo(NOT_CREATED) > 0 ? Optional.of("not started for " + minutes(age)) : Optional.empty();
    }

    /** Of a pod that is still waited for: what keeps it from starting, once that takes longer than it should. */
    static Observation.NotStarted notStarted(Pod pod, Instant now) {
        return age(pod, now).compareTo(ORDINARY) < 0
                ? new Observation.NotStarted(false, Optional.empty())
                : new Observation.NotStarted(true, obstacle(pod));
    }

    private static Optional<Observation.NotStarted.Obstacle> obstacle(Pod pod) {
        var image = waiting(pod)
                .filter(w -> IMAGE.contains(w.getReason()))
                .map(w -> new Observation.NotStarted.Obstacle(Reason.ImagePullFailed, sentence(w)));
        return image.or(() -> unscheduled(pod)
                        .map(c -> new Observation.NotStarted.Obstacle(Reason.Unschedulable, c.getMessage())))
                .or(() -> lacking(pod, "PodReadyToStartContainers")
                        .map(c -> new Observation.NotStarted.Obstacle(
                                Reason.NoSandbox,
                                "the node has not set up volumes, network or sandbox of the pod; its events say why")));
    }

    private static Optional<ContainerStateWaiting> waiting(Pod pod) {
        return PodState.container(pod)
                .map(c -> c.getState())
                .map(s -> s.getWaiting())
                .filter(w -> w.getReason() != null);
    }

    private static String sentence(ContainerStateWaiting waiting) {
        return waiting.getReason() + (waiting.getMessage() == null ? "" : ": " + waiting.getMessage());
    }

    private static boolean isPulling(Pod pod) {
        return conditions(pod).stream()
                .anyMatch(c -> "PodReadyToStartContainers".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    private static Optional<PodCondition> unscheduled(Pod pod) {
        return lacking(pod, "PodScheduled");
    }

    private static Optional<PodCondition> lacking(Pod pod, String condition) {
        return conditions(pod).stream()
                .filter(c -> condition.equals(c.getType()) && "False".equals(c.getStatus()))
                .findFirst();
    }

    private static List<PodCondition> conditions(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? List.of()
                : pod.getStatus().getConditions();
    }

    private static Duration age(Pod pod, Instant now) {
        var created = pod.getMetadata().getCreationTimestamp();
        return created == null ? Duration.ZERO : Duration.between(Instant.parse(created), now);
    }

    private static String minutes(Duration age) {
        return age.toMinutes() + " minutes";
    }
}
