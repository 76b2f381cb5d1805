package dev.smartdispatcher.e2e.embedded.scheduling;

import dev.smartdispatcher.e2e.pods.Amounts;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;

/** Why a node is not for a pod, in kube-scheduler's words and in the order in which it asks. */
final class Filters {
    private Filters() {}

    /** The reasons of the first filter that says no; empty: the pod fits. */
    static List<String> refusals(PodSpec pod, NodeState node) {
        if (Taints.isClosed(pod, node.node())) {
            return List.of("node(s) were unschedulable");
        }
        if (Taints.repel(pod, node.node())) {
            return List.of("node(s) had untolerated taint(s)");
        }
        if (!Affinity.allows(pod, node.node())) {
            return List.of("node(s) didn't satisfy plugin(s) [NodeAffinity]");
        }
        return node.allocatable().lacking(node.used(), Amounts.requestedBy(pod)).stream()
                .map(resource -> resource.equals(Amounts.PODS) ? "Too many pods" : "Insufficient " + resource)
                .toList();
    }
}
