package dev.smartdispatcher.operator.worker.node;

import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * That a Node is about to go, as providers, their termination handlers and autoscalers announce it: by a taint. The keys are from
 * aws/aws-node-termination-handler (with {@code taintNode}), GoogleCloudPlatform/k8s-node-termination-handler, the pages of Azure on
 * node auto-drain, Karpenter on disruption ({@code disruption} before its version 1), kubernetes/autoscaler, and
 * kubernetes/cloud-provider.
 */
public final class TerminationNotice {
    private static final Map<String, String> BY_TAINT = Map.of(
            "aws-node-termination-handler/spot-itn", "AWS interrupts the spot instance, two minutes after the notice",
            "aws-node-termination-handler/asg-lifecycle-termination", "AWS terminates the instance",
            "aws-node-termination-handler/scheduled-maintenance", "AWS maintains the instance",
            "cloud.google.com/impending-node-termination", "Google Cloud terminates the instance",
            "remediator.kubernetes.azure.com/unschedulable", "Azure drains the node for a scheduled event",
            "remediator.aks.microsoft.com/unschedulable", "Azure drains the node for a scheduled event",
            "karpenter.sh/disrupted", "Karpenter removes the node",
            "karpenter.sh/disruption", "Karpenter removes the node",
            "ToBeDeletedByClusterAutoscaler", "the cluster autoscaler deletes the node",
            "node.cloudprovider.kubernetes.io/shutdown", "the instance is shut down");

    private TerminationNotice() {}

    /** In words; empty if none is there. */
    public static Optional<String> of(List<Taint> taints) {
        return taints.stream()
                .map(Taint::getKey)
                .filter(BY_TAINT::containsKey)
                .sorted()
                .findFirst()
                .map(key -> BY_TAINT.get(key) + " (taint " + key + ")");
    }
}
