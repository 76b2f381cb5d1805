package dev.smartdispatcher.e2e.embedded.scheduling;

import dev.smartdispatcher.e2e.pods.Amounts;
import io.fabric8.kubernetes.api.model.Node;

/**
 * A node and what the pods on it ask for.
 *
 * @param used by pods that are not finished
 */
record NodeState(Node node, Amounts used) {
    String name() {
        return node.getMetadata().getName();
    }

    Amounts allocatable() {
        return node.getStatus() == null
                ? Amounts.NONE
                : Amounts.of(node.getStatus().getAllocatable());
    }

    NodeState with(Amounts more) {
        return new NodeState(node, used.plus(more));
    }
}
