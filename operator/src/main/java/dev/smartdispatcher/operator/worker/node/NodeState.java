package dev.smartdispatcher.operator.worker.node;

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
 * @param others what pods on it request that are neither builds nor checks
 * @param checks what the pods of checks on it request
 * @param boot boot ID and UID of the Node: another one after it was started or made anew
 */
public record NodeState(
        boolean ready,
        boolean cordoned,
        List<Taint> taints,
        Optional<Room> allocatable,
        Set<String> devices,
        boolean userNamespaces,
        Room others,
        Room checks,
        String boot) {
    public NodeState {
        taints = List.copyOf(taints);
        devices = Set.copyOf(devices);
    }

    /**
     * What the kubelet offers to builds; empty if it does not say.
     *
     * @param checkRoom what is kept free for checks, whether one runs now or not
     */
    public Optional<Room> left(Room checkRoom) {
        return allocatable.map(
                room -> room.minus(others).minus(checkRoom.max(checks)).max(Room.NONE));
    }
}
