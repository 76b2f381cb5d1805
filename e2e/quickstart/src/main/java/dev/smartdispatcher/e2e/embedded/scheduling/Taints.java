package dev.smartdispatcher.e2e.embedded.scheduling;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;

/** Whether a node repels a pod: by a taint that the pod does not tolerate, or by being cordoned. */
final class Taints {
    private static final Taint CORDON = new Taint("NoSchedule", "node.kubernetes.io/unschedulable", null, null);
    private static final List<String> REPELLING = List.of("NoSchedule", "NoExecute");

    private Taints() {}

    /** Whether the node is cordoned and the pod does not tolerate that. */
    static boolean isClosed(PodSpec pod, Node node) {
        return node.getSpec() != null
                && Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && !isTolerated(CORDON, pod.getTolerations());
    }

    /** Whether the pod does not tolerate one of the node's other taints. */
    static boolean repel(PodSpec pod, Node node) {
        return node.getSpec() != null
                && node.getSpec().getTaints().stream()
                        .filter(taint -> !taint.getKey().equals(CORDON.getKey()))
                        .anyMatch(taint ->
                                REPELLING.contains(taint.getEffect()) && !isTolerated(taint, pod.getTolerations()));
    }

    private static boolean isTolerated(Taint taint, List<Toleration> tolerations) {
        return tolerations.stream().anyMatch(toleration -> tolerates(toleration, taint));
    }

    private static boolean tolerates(Toleration toleration, Taint taint) {
        boolean effect =
                isEmpty(toleration.getEffect()) || toleration.getEffect().equals(taint.getEffect());
        boolean exists = "Exists".equals(toleration.getOperator());
        boolean key = exists && isEmpty(toleration.getKey()) || taint.getKey().equals(toleration.getKey());
        boolean value = exists || orEmpty(toleration.getValue()).equals(orEmpty(taint.getValue()));
        return effect && key && value;
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
