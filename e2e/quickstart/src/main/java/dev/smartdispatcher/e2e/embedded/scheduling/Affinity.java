package dev.smartdispatcher.e2e.embedded.scheduling;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a pod wants to be on a node: its {@code nodeSelector}, and the required part of its node affinity. */
final class Affinity {
    private Affinity() {}

    static boolean allows(PodSpec pod, Node node) {
        var labels = labels(node);
        boolean selected = pod.getNodeSelector() == null
                || labels.entrySet().containsAll(pod.getNodeSelector().entrySet());
        return selected
                && requiredTerms(pod)
                        .map(terms -> terms.stream().anyMatch(term -> matches(term, node)))
                        .orElse(true);
    }

    private static Optional<List<NodeSelectorTerm>> requiredTerms(PodSpec pod) {
        return Optional.ofNullable(pod.getAffinity())
                .map(affinity -> affinity.getNodeAffinity())
                .map(affinity -> affinity.getRequiredDuringSchedulingIgnoredDuringExecution())
                .map(required -> required.getNodeSelectorTerms());
    }

    private static boolean matches(NodeSelectorTerm term, Node node) {
        var fields = Map.of("metadata.name", node.getMetadata().getName());
        boolean empty =
                term.getMatchFields().isEmpty() && term.getMatchExpressions().isEmpty();
        return !empty
                && term.getMatchFields().stream().allMatch(r -> holds(r, fields))
                && term.getMatchExpressions().stream().allMatch(r -> holds(r, labels(node)));
    }

    private static boolean holds(NodeSelectorRequirement requirement, Map<String, String> values) {
        var value = values.get(requirement.getKey());
        var wanted = requirement.getValues();
        return switch (requirement.getOperator()) {
            case "In" -> value != null && wanted.contains(value);
            case "NotIn" -> value == null || !wanted.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && Long.parseLong(value) > Long.parseLong(wanted.get(0));
            case "Lt" -> value != null && Long.parseLong(value) < Long.parseLong(wanted.get(0));
            default -> false;
        };
    }

    private static Map<String, String> labels(Node node) {
        return node.getMetadata().getLabels() == null
                ? Map.of()
                : node.getMetadata().getLabels();
    }
}
