package dev.smartdispatcher.operator.worker.node;

import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.model.Room;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pod takes of its node by the rules of kube-scheduler ({@code PodRequests} of k8s.io/component-helpers): the larger
 * of what its containers request together and of what the most demanding init container needs, each beside the sidecars
 * started by then, or the pod-level request where there is one; and the overhead of its runtime class. A container that is
 * being resized counts with the largest of what is wished, what the kubelet has granted, and what is in force; a wish that the
 * node can never grant does not count.
 */
public final class PodRequests {
    private static final Room ONE_POD = new Room(0, 0, 0, 1);
    private static final Room MOST = new Room(Quantities.MOST, Quantities.MOST, Quantities.MOST, Integer.MAX_VALUE / 2);

    private PodRequests() {}

    /** The request, as one job; empty if some amount of it is too large: no node has it, so the pod runs nowhere. */
    public static Optional<Room> of(Pod pod) {
        try {
            var spec = pod.getSpec();
            var whole = podLevel(spec, containers(pod));
            return Optional.of(sum(whole, room(spec.getOverhead())).plus(ONE_POD));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** What pods request together. A pod whose amounts exceed what can be counted runs nowhere, and counts for nothing. */
    public static Room together(Stream<Pod> pods) {
        return pods.flatMap(pod -> of(pod).stream())
                .reduce(Room.NONE, (some, more) -> some.plus(more).min(MOST));
    }

    /** No number of containers makes a sum that is no longer one. */
    private static Room sum(Room one, Room other) {
        var sum = one.plus(other);
        if (!MOST.fits(sum)) {
            throw new IllegalArgumentException("more than any node has");
        }
        return sum;
    }

    private static Room containers(Pod pod) {
        var statuses = statuses(pod);
        boolean infeasible = infeasible(pod);
        var running = Room.NONE;
        for (var container : pod.getSpec().getContainers()) {
            running = sum(running, request(container, statuses, infeasible));
        }
        var sidecars = Room.NONE;
        var starting = Room.NONE;
        for (var init : pod.getSpec().getInitContainers()) {
            var request = request(init, statuses, infeasible);
            if ("Always".equals(init.getRestartPolicy())) {
                sidecars = sum(sidecars, request);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sum(sidecars, request));
            }
        }
        return sum(running, sidecars).max(starting);
    }

    /** Where the pod itself states an amount, its containers' do not count. */
    private static Room podLevel(PodSpec spec, Room containers) {
        var requests = requests(spec.getResources());
        return new Room(
                requests.containsKey("cpu") ? Quantities.millis(requests.get("cpu")) : containers.cpuMillis(),
                requests.containsKey("memory") ? Quantities.bytes(requests.get("memory")) : containers.memory(),
                containers.disk(),
                0);
    }

    private static Room request(Container container, List<ContainerStatus> statuses, boolean infeasible) {
        var wish = room(requests(container.getResources()));
        var fact = statuses.stream()
                .filter(status -> status.getName().equals(container.getName()) && status.getResources() != null)
                .map(status -> room(requests(status.getResources())).max(room(status.getAllocatedResources())))
                .findFirst();
        return fact.map(f -> infeasible ? f : f.max(wish)).orElse(wish);
    }

    private static boolean infeasible(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).orElse(List.of()).stream()
                .anyMatch(c -> c.getType().equals("PodResizePending") && "Infeasible".equals(c.getReason()));
    }

    private static List<ContainerStatus> statuses(Pod pod) {
        var all = new ArrayList<ContainerStatus>();
        Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getContainerStatuses)
                .ifPresent(all::addAll);
        Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getInitContainerStatuses)
                .ifPresent(all::addAll);
        return all;
    }

    private static Map<String, Quantity> requests(ResourceRequirements resources) {
        return Optional.ofNullable(resources)
                .map(ResourceRequirements::getRequests)
                .orElse(Map.of());
    }

    private static Room room(Map<String, Quantity> amounts) {
        if (amounts == null || amounts.isEmpty()) {
            return Room.NONE;
        }
        return new Room(
                amounts.containsKey("cpu") ? Quantities.millis(amounts.get("cpu")) : 0,
                amounts.containsKey("memory") ? Quantities.bytes(amounts.get("memory")) : 0,
                amounts.containsKey("ephemeral-storage") ? Quantities.bytes(amounts.get("ephemeral-storage")) : 0,
                0);
    }
}
