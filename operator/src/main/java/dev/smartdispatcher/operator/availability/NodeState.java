package dev.smartdispatcher.operator.availability;

import dev.smartdispatcher.operator.dispatch.fleet.Room;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Optional;

/**
 * What matters of a worker's Node.
 *
 * @param allocatable what the kubelet offers to pods: CPU, memory, disk and number of pods; empty if it does not say
 * @param others what pods on it that are no builds request
 */
public record NodeState(boolean ready, boolean cordoned, List<Taint> taints, Optional<Room> allocatable, Room others) {
    public NodeState {
        taints = List.copyOf(taints);
    }

    /** What the kubelet offers to builds; empty if it does not say. */
    Optional<Room> left() {
        return allocatable.map(room -> room.minus(others).max(Room.NONE));
    }
}
