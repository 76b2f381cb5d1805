package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.Annotations;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** How long the build of a pod may run, in whole seconds from its start, as the pod itself says it. */
public final class BuildDeadline {
    /** In pods of operators that knew no annotation. */
    private static final String VARIABLE = "BUILD_DEADLINE_SECONDS";

    private BuildDeadline() {}

    /** Of this pod; empty if it does not say. */
    public static OptionalInt of(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        return Stream.concat(
                        Optional.ofNullable(annotations).map(a -> a.get(Annotations.DEADLINE_SECONDS)).stream(),
                        pod.getSpec().getContainers().stream()
                                .filter(c -> WorkerPod.CONTAINER.equals(c.getName()))
                                .flatMap(c -> c.getEnv().stream())
                                .filter(v -> VARIABLE.equals(v.getName()))
                                .map(EnvVar::getValue))
                .filter(value -> value != null && value.matches("[0-9]{1,9}"))
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    /** The pod's own deadline behind that of its build: seconds from when a kubelet takes the pod. */
    public static long ofPod(int seconds) {
        return (long) seconds + WorkerPod.DEADLINE_MARGIN_SECONDS;
    }
}
