package dev.smartdispatcher.e2e.embedded.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.schema.ListRules;

/**
 * The merge of apply and of strategic merge patch: as {@link MergePatch}, but lists that have keys are merged item by item.
 * Of strategic merge's directives only {@code $patch: delete} is known; the others are dropped.
 */
public final class KeyedMerge {
    private KeyedMerge() {}

    /** {@code target} with {@code patch} merged in; neither is changed. */
    public static JsonNode apply(JsonNode target, JsonNode patch, ListRules rules) {
        if (patch.isObject()) {
            return objects(target, patch, rules);
        }
        if (patch.isArray() && rules.isSet()) {
            return Items.union(target, patch);
        }
        return patch.isArray() && !rules.keys().isEmpty() ? lists(target, patch, rules) : patch.deepCopy();
    }

    private static JsonNode objects(JsonNode target, JsonNode patch, ListRules rules) {
        ObjectNode result = target.isObject() ? target.deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(change -> {
            var field = change.getKey();
            if (change.getValue().isNull()) {
                result.remove(field);
            } else if (!field.startsWith("$")) {
                result.set(field, apply(result.path(field), change.getValue(), rules.field(field)));
            }
        });
        return result;
    }

    private static JsonNode lists(JsonNode target, JsonNode patch, ListRules rules) {
        ArrayNode result = target.isArray() ? target.deepCopy() : JsonNodeFactory.instance.arrayNode();
        for (var item : patch) {
            int at = Items.find(result, item, rules.keys());
            if (item.path("$patch").asText().equals("delete")) {
                if (at >= 0) {
                    result.remove(at);
                }
            } else if (at < 0) {
                result.add(item.deepCopy());
            } else {
                result.set(at, apply(result.get(at), item, rules.item()));
            }
        }
        return result;
    }
}
