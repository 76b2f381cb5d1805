package dev.smartdispatcher.e2e.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.StreamSupport;

/** Values of a wanted size that keep the other bounds of their schema, as far as there are so many. */
final class Sized {
    private Sized() {}

    /** The good text cut, or made longer by its last character, an amount by noughts before it. */
    static JsonNode text(long size, JsonNode good, JsonNode schema) {
        var text = good.asText();
        var more = (int) Math.max(0, size - text.length());
        var longer = Keyword.isQuantity(schema)
                ? "0".repeat(more) + text
                : text + text.substring(text.length() - 1).repeat(more);
        return TextNode.valueOf(longer.substring(0, (int) size));
    }

    /** The good list with further items that differ. */
    static JsonNode list(long size, JsonNode good, JsonNode schema) {
        ArrayNode list = good.deepCopy();
        while (list.size() < size) {
            list.add(another(list, schema));
        }
        return list;
    }

    /** The good map with further keys. */
    static JsonNode map(long size, JsonNode good, JsonNode schema) {
        ObjectNode map = good.deepCopy();
        while (map.size() < size) {
            map.set("key-" + map.size(), good.elements().next());
        }
        return map;
    }

    private static JsonNode another(ArrayNode list, JsonNode schema) {
        var first = list.get(0);
        var key = schema.at("/x-kubernetes-list-map-keys/0").asText();
        if (!key.isEmpty()) {
            var item = first.<ObjectNode>deepCopy();
            var keys = list.arrayNode();
            list.forEach(each -> keys.add(each.get(key)));
            item.set(key, other(keys, schema.at("/items/properties/" + key)));
            return item;
        }
        return schema.path(Keyword.LIST_TYPE.word()).asText().equals("set") ? other(list, schema.get("items")) : first;
    }

    /** One of the choices that is not in {@code used}, if there is one; without choices, the first with a number. */
    private static JsonNode other(ArrayNode used, JsonNode schema) {
        var first = used.get(0);
        if (schema.has("enum")) {
            return StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .filter(choice ->
                            StreamSupport.stream(used.spliterator(), false).noneMatch(choice::equals))
                    .findFirst()
                    .orElse(first);
        }
        return first.isInt()
                ? IntNode.valueOf(first.asInt() + used.size())
                : TextNode.valueOf(first.asText() + used.size());
    }
}
