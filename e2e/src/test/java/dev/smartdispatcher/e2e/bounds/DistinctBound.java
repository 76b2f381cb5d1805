package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;

/** {@code x-kubernetes-list-type}: items of a set differ, those of a map differ in the keys. */
final class DistinctBound implements Keyword {
    private static final String TYPE = "x-kubernetes-list-type";

    @Override
    public String word() {
        return TYPE;
    }

    @Override
    public boolean bounds(JsonNode schema) {
        return isSet(schema) || isMap(schema);
    }

    @Override
    public boolean holds(JsonNode value, JsonNode schema) {
        var seen = new HashSet<JsonNode>();
        for (var item : value) {
            if (!seen.add(identity(item, schema))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public JsonNode broken(JsonNode good, JsonNode schema) {
        ArrayNode list = good.deepCopy();
        return list.add(good.get(0));
    }

    @Override
    public Complaint complaint(String field, JsonNode value, JsonNode schema) {
        int last = value.size() - 1;
        return new Complaint(
                field + "[" + last + "]",
                "FieldValueDuplicate",
                "Duplicate value: " + identity(value.get(last), schema));
    }

    /** A copy of {@code item} that can stand beside it in its list as the {@code number}th of such. */
    static JsonNode another(JsonNode item, JsonNode schema, int number) {
        if (isSet(schema)) {
            return other(item, number);
        }
        if (!isMap(schema)) {
            return item;
        }
        ObjectNode copy = item.deepCopy();
        var key = schema.at("/x-kubernetes-list-map-keys/0").asText();
        copy.set(key, other(item.get(key), number));
        return copy;
    }

    private static JsonNode other(JsonNode value, int number) {
        return value.isInt() ? IntNode.valueOf(value.asInt() + number) : TextNode.valueOf(value.asText() + number);
    }

    private static JsonNode identity(JsonNode item, JsonNode schema) {
        if (isSet(schema)) {
            return item;
        }
        var keys = JsonNodeFactory.instance.objectNode();
        schema.get("x-kubernetes-list-map-keys").forEach(key -> keys.set(key.asText(), item.path(key.asText())));
        return keys;
    }

    private static boolean isSet(JsonNode schema) {
        return schema.path(TYPE).asText().equals("set");
    }

    private static boolean isMap(JsonNode schema) {
        return schema.path(TYPE).asText().equals("map");
    }
}
