package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The containers of a worker pod as its kubelet reports them, each found by its name: the build's, and those that an admission
 * webhook has added to the pod (the proxy of a service mesh, say). These come before or after the build's in every list.
 */
final class Containers {
    private Containers() {}

    /** The status of the container that runs the build; empty before the kubelet has written one. */
    static Optional<ContainerStatus> build(Pod pod) {
        return statuses(pod)
                .filter(s -> WorkerPod.CONTAINER.equals(s.getName()))
                .findFirst();
    }

    /** The status of the init container that installs packages; empty if the pod has none, or the kubelet has written none. */
    static Optional<ContainerStatus> prepare(Pod pod) {
        return initStatuses(pod)
                .filter(s -> WorkerPod.PREPARE.equals(s.getName()))
                .findFirst();
    }

    /** Whether the kubelet has reported any container. */
    static boolean areKnown(Pod pod) {
        return statuses(pod).findFirst().isPresent();
    }

    /**
     * Whether a container beside the build's may run: one that the pod has, or is reported to have, and that is not seen terminated.
     * Of init containers those that go on beside the build do, until the kubelet ends them.
     */
    static boolean othersMayRun(Pod pod) {
        var others =
                pod.getSpec().getContainers().stream().map(Container::getName).collect(Collectors.toSet());
        statuses(pod).map(ContainerStatus::getName).forEach(others::add);
        others.remove(WorkerPod.CONTAINER);
        others.removeAll(terminated(statuses(pod)));
        var sidecars = pod.getSpec().getInitContainers().stream()
                .filter(Containers::isSidecar)
                .map(Container::getName)
                .collect(Collectors.toCollection(HashSet::new));
        sidecars.removeAll(terminated(initStatuses(pod)));
        return !others.isEmpty() || !sidecars.isEmpty();
    }

    /** The init container that failed, so that the build's is never started. */
    static Optional<ContainerStatus> failedInit(Pod pod) {
        var sidecars = pod.getSpec().getInitContainers().stream()
                .filter(Containers::isSidecar)
                .map(Container::getName)
                .collect(Collectors.toSet());
        return initStatuses(pod)
                .filter(s -> !sidecars.contains(s.getName()))
                .filter(s -> s.getState() != null
                        && s.getState().getTerminated() != null
                        && s.getState().getTerminated().getExitCode() != 0)
                .findFirst();
    }

    private static boolean isSidecar(Container init) {
        return "Always".equals(init.getRestartPolicy());
    }

    private static Set<String> terminated(Stream<ContainerStatus> statuses) {
        return statuses.filter(s -> s.getState() != null && s.getState().getTerminated() != null)
                .map(ContainerStatus::getName)
                .collect(Collectors.toSet());
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return of(pod, PodStatus::getContainerStatuses);
    }

    private static Stream<ContainerStatus> initStatuses(Pod pod) {
        return of(pod, PodStatus::getInitContainerStatuses);
    }

    private static Stream<ContainerStatus> of(Pod pod, Function<PodStatus, List<ContainerStatus>> list) {
        return Optional.ofNullable(pod.getStatus()).map(list).stream().flatMap(List::stream);
    }
}
