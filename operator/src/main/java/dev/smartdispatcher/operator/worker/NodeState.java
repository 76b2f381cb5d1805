package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.operator.scheduler.model.Room;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What matters of a worker's Node.
 *
 * @param allocatable what the kubelet offers to pods: CPU, memory, disk and number of pods; empty if it does not say
 * @param devices extended resources of which it offers at least one
 * @param userNamespaces whether its container runtime says that it can give a pod a user namespace: kubelets refuse one
 *     otherwise
 * @param others what pods on it that are no builds request
 */
public record NodeState(
        boolean ready,
        boolean cordoned,
        List<Taint> taints,
        Optional<Room> allocatable,
        Set<String> devices,
        boolean userNamespaces,
        Room others) {
    public NodeState {
        taints = List.copyOf(taints);
        devices = Set.copyOf(devices);
    }

    /** What the kubelet offers to builds; empty if it does not say. */
    Optional<Room> left() {
        return allocatable.map(room -> room.minus(others).max(Room.NONE));
    }
}
