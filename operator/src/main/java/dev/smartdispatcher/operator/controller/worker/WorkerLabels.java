package dev.smartdispatcher.operator.controller.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels by which a job selects a worker: its own, and those of its Node that the policy names. Of a key that the policy
 * names, the Node alone decides, whatever the worker's labels say.
 */
final class WorkerLabels {
    private WorkerLabels() {}

    /** The labels that the policy names, as the Node has them; none if there are none. */
    static Map<String, String> ofNode(Map<String, String> node, List<String> named) {
        var labels = new HashMap<String, String>();
        named.forEach(key -> {
            if (node.containsKey(key)) {
                labels.put(key, node.get(key));
            }
        });
        return labels;
    }

    /**
     * All of them.
     *
     * @param ofNode as {@link #ofNode} finds them
     */
    static Map<String, String> of(Map<String, String> own, Map<String, String> ofNode, List<String> named) {
        var labels = new HashMap<>(own);
        named.forEach(labels::remove);
        labels.putAll(ofNode);
        return labels;
    }
}
