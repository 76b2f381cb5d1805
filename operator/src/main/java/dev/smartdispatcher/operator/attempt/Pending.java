package dev.smartdispatcher.operator.attempt;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How long a pod may take to start. */
final class Pending {
    /** Something else took the room, or the node was cordoned: another worker may be better. */
    static final Duration UNSCHEDULABLE = Duration.ofMinutes(2);
    /** A registry that does not answer may come back; one that says no will not, but the kubelet does not tell them apart. */
    static final Duration NO_IMAGE = Duration.ofMinutes(2);
    /** Volumes that do not come, sandboxes that cannot be made. */
    static final Duration NOT_CREATED = Duration.ofMinutes(10);

    /** Nothing but another spec helps. */
    private static final Set<String> HOPELESS =
            Set.of("InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError", "CreateContainerError");

    private static final Set<String> IMAGE = Set.of("ErrImagePull", "ImagePullBackOff", "ImageInspectError");

    private Pending() {}

    /** Why the pod is not to be waited for any longer; empty if it is. */
    static Optional<String> judge(Pod pod, Instant now) {
        var waiting = PodState.container(pod)
                .map(c -> c.getState())
                .map(s -> s.getWaiting())
                .filter(w -> w.getReason() != null);
        var age = age(pod, now);
        if (waiting.isPresent()) {
            var reason = waiting.get().getReason();
            var message = reason
                    + (waiting.get().getMessage() == null
                            ? ""
                            : ": " + waiting.get().getMessage());
            if (HOPELESS.contains(reason) || (IMAGE.contains(reason) && age.compareTo(NO_IMAGE) > 0)) {
                return Optional.of(message);
            }
            return age.compareTo(NOT_CREATED) > 0
                    ? Optional.of("not started for " + minutes(age) + ": " + message)
                    : Optional.empty();
        }
        var unscheduled = conditions(pod).stream()
                .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
                .findFirst();
        if (unscheduled.isPresent()) {
            return age.compareTo(UNSCHEDULABLE) > 0
                    ? Optional.of("not scheduled for " + minutes(age) + ": "
                            + unscheduled.get().getMessage())
                    : Optional.empty();
        }
        return age.compareTo(NOT_CREATED) > 0 ? Optional.of("not started for " + minutes(age)) : Optional.empty();
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
