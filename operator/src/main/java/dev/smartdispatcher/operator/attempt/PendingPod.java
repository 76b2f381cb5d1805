package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Obstacle;
import dev.smartdispatcher.operator.attempt.start.MissingObjects;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How long a pod may take to start, and what keeps it. */
final class PendingPod {
    /** Before that, nothing is said: a scheduler may see a second later than the dispatcher that a build has ended. */
    static final Duration ORDINARY = Duration.ofSeconds(10);
    /** Something else took the room, or the node was cordoned: another worker may be better. */
    static final Duration UNSCHEDULABLE = Duration.ofMinutes(2);
    /** A registry that does not answer may come back; one that says no will not, but the kubelet does not distinguish them. */
    static final Duration NO_IMAGE = Duration.ofMinutes(2);
    /** Volumes that do not come, sandboxes that cannot be made. */
    static final Duration NOT_CREATED = Duration.ofMinutes(10);
    /** The sandbox is there, and the image is on its way: a large one by a slow line. */
    static final Duration PULLING = Duration.ofSeconds(WorkerPod.START_ALLOWANCE_SECONDS);

    private static final String INVALID_IMAGE = "InvalidImageName";
    /** Nothing changes while the pod is there. */
    private static final Set<String> HOPELESS =
            Set.of("ErrImageNeverPull", "CreateContainerConfigError", "CreateContainerError");

    private static final Set<String> IMAGE = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed",
            "ErrImageNeverPull");

    private PendingPod() {}

    /** Why the pod is not to be waited for any longer; empty if it is. */
    static Optional<Obstacle> judge(Pod pod, Instant now) {
        var init = Containers.failedInit(pod);
        if (init.isPresent()) {
            return Optional.of(failed("init container " + init.get().getName() + " failed: exit code "
                    + init.get().getState().getTerminated().getExitCode()));
        }
        return missing(pod).or(() -> late(pod, age(pod, now)));
    }

    /** The image has no name, or the namespace lacks what the job names: no waiting helps while the pod is there. */
    private static Optional<Obstacle> missing(Pod pod) {
        var waiting = waiting(pod);
        var image = waiting.filter(w -> INVALID_IMAGE.equals(w.getReason()))
                .map(w -> ofImage(pod, Reason.InvalidImageName, w));
        return image.or(() -> waiting.flatMap(w -> MissingObjects.in(pod, w.getMessage())))
                .or(() -> unscheduled(pod).flatMap(c -> MissingObjects.in(pod, c.getMessage())));
    }

    private static Optional<Obstacle> late(Pod pod, Duration age) {
        var waiting = waiting(pod);
        if (waiting.isPresent()) {
            var reason = waiting.get().getReason();
            if (HOPELESS.contains(reason) || (IMAGE.contains(reason) && age.compareTo(NO_IMAGE) > 0)) {
                return Optional.of(
                        IMAGE.contains(reason)
                                ? ofImage(pod, Reason.ImagePullFailed, waiting.get())
                                : failed(sentence(waiting.get())));
            }
            return age.compareTo(isPulling(pod) ? PULLING : NOT_CREATED) > 0
                    ? Optional.of(failed("not started for " + minutes(age) + ": " + sentence(waiting.get())))
                    : Optional.empty();
        }
        var unscheduled = unscheduled(pod);
        if (unscheduled.isPresent()) {
            return age.compareTo(UNSCHEDULABLE) > 0
                    ? Optional.of(new Obstacle(
                            Reason.Unschedulable,
                            null,
                            "not scheduled for " + minutes(age) + ": "
                                    + unscheduled.get().getMessage()))
                    : Optional.empty();
        }
        return age.compareTo(NOT_CREATED) > 0
                ? Optional.of(failed("not started for " + minutes(age)))
                : Optional.empty();
    }

    /** Of a pod that is still waited for: what keeps it from starting, once that takes longer than it should. */
    static Observation.NotStarted notStarted(Pod pod, Instant now) {
        return age(pod, now).compareTo(ORDINARY) < 0
                ? new Observation.NotStarted(false, Optional.empty(), false)
                : new Observation.NotStarted(true, obstacle(pod), isUnmounted(pod));
    }

    /** Whether it has a node, which may wait for its volumes, and nothing else is known of it. */
    private static boolean isUnmounted(Pod pod) {
        return pod.getSpec().getNodeName() != null
                && !isPulling(pod)
                && obstacle(pod).filter(o -> o.reason() != Reason.NoSandbox).isEmpty();
    }

    private static Optional<Obstacle> obstacle(Pod pod) {
        var image = waiting(pod)
                .filter(w -> IMAGE.contains(w.getReason()))
                .map(w -> ofImage(pod, Reason.ImagePullFailed, w));
        return image.or(() -> unscheduled(pod).map(c -> new Obstacle(Reason.Unschedulable, null, c.getMessage())))
                .or(
                        () -> lacking(pod, "PodReadyToStartContainers")
                                .map(
                                        c -> new Obstacle(
                                                Reason.NoSandbox,
                                                null,
                                                "the node has not set up the pod's volumes, network or sandbox; the pod's Events say why")));
    }

    /** Without a name. */
    private static Obstacle failed(String message) {
        return new Obstacle(Reason.StartFailed, null, message);
    }

    private static Obstacle ofImage(Pod pod, Reason reason, ContainerStateWaiting waiting) {
        var image = pod.getSpec().getContainers().stream()
                .filter(c -> WorkerPod.CONTAINER.equals(c.getName()))
                .map(Container::getImage)
                .filter(name -> name != null && !name.isEmpty())
                .findFirst();
        return new Obstacle(
                reason,
                image.orElse(null),
                image.map(name -> "image '" + name + "' cannot be pulled: ").orElse("") + sentence(waiting));
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
