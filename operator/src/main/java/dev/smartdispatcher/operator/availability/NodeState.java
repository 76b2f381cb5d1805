package dev.smartdispatcher.operator.availability;

import dev.smartdispatcher.operator.dispatch.fleet.Room;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Optional;

/**
 * What matters of a worker's Node.
 *
 * @param allocatable what the kubelet offers to pods: CPU, memory, disk and number of pods; empty if it does not say
 */
public record NodeState(boolean ready, boolean cordoned, List<Taint> taints, Optional<Room> allocatable) {
    public NodeState {
        taints = List.copyOf(taints);
    }
}
