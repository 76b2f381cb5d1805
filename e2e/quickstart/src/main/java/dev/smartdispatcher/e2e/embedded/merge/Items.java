package dev.smartdispatcher.e2e.embedded.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashSet;
import java.util.List;

/** Items of lists that are sets or have keys. */
final class Items {
    private Items() {}

    /** Where in {@code list} the item with the keys of {@code like} is; -1 if nowhere. */
    static int find(JsonNode list, JsonNode like, List<String> keys) {
        for (int i = 0; i < list.size(); i++) {
            var item = list.get(i);
            if (keys.stream().allMatch(key -> item.path(key).equals(like.path(key)))) {
                return i;
            }
        }
        return -1;
    }

    /** The values of both, each once. */
    static ArrayNode union(JsonNode one, JsonNode other) {
        var values = new LinkedHashSet<JsonNode>();
        one.forEach(values::add);
        other.forEach(values::add);
        return JsonNodeFactory.instance.arrayNode().addAll(values);
    }

    static boolean contains(JsonNode list, JsonNode value) {
        for (var item : list) {
            if (item.equals(value)) {
                return true;
            }
        }
        return false;
    }

    static void remove(ArrayNode list, JsonNode value) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.get(i).equals(value)) {
                list.remove(i);
            }
        }
    }
}
