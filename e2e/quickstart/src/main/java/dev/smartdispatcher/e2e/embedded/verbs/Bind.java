package dev.smartdispatcher.e2e.embedded.verbs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.merge.KeyedMerge;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.schema.BuiltInListRules;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;

/** Binds a pod to a node: the only way that {@code spec.nodeName} is set after creation. */
public final class Bind {
    private final ObjectStore store;

    public Bind(ObjectStore store) {
        this.store = store;
    }

    /**
     * Binds the pod and says so in its condition {@code PodScheduled}.
     *
     * @throws ApiException 404 if the pod is not there, 409 if it is bound, or being deleted
     */
    public ObjectNode bind(Target pod, String node) {
        return store.atomically(() -> {
            var current = pod.in(store);
            if (!current.at("/spec/nodeName").asText("").isEmpty()) {
                throw ApiException.conflict(
                        pod.kind(),
                        pod.key().name(),
                        "pod " + pod.key().name() + " is already assigned to node \""
                                + current.at("/spec/nodeName").asText() + "\"");
            }
            var bound = current.deepCopy();
            bound.withObjectProperty("spec").put("nodeName", node);
            return store.put(pod.key(), withCondition(bound));
        });
    }

    private static ObjectNode withCondition(ObjectNode pod) {
        var scheduled = pod.objectNode();
        scheduled
                .putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "PodScheduled")
                .put("status", "True")
                .putNull("reason")
                .putNull("message");
        return (ObjectNode) KeyedMerge.apply(pod, scheduled, BuiltInListRules.ROOT);
    }
}
