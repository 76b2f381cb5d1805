package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.util.HashSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
    public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
        var seen = new HashSet<JsonNode>();
        var told = new HashSet<JsonNode>();
        return IntStream.range(0, value.size())
                .filter(i -> !seen.add(identity(value.get(i), schema)) && told.add(identity(value.get(i), schema)))
                .mapToObj(i -> new Complaint(
                        field + "[" + i + "]",
                        "FieldValueDuplicate",
                        "Duplicate value: " + identity(value.get(i), schema)));
    }

    /** What can be added to {@code list}; something that is there already if there are no more choices. */
    static JsonNode another(JsonNode list, JsonNode schema) {
        var first = list.get(0);
        if (isSet(schema)) {
            var choices = schema.at("/items/enum");
            return choices.isArray() ? choice(choices, list) : other(first, list.size());
        }
        if (!isMap(schema)) {
            return first;
        }
        ObjectNode copy = first.deepCopy();
        var key = schema.at("/x-kubernetes-list-map-keys/0").asText();
        var choices = schema.at("/items/properties/" + key + "/enum");
        copy.set(key, choices.isArray() ? choice(choices, keys(list, key)) : other(first.get(key), list.size()));
        return copy;
    }

    private static JsonNode keys(JsonNode list, String key) {
        var keys = JsonNodeFactory.instance.arrayNode();
        list.forEach(item -> keys.add(item.get(key)));
        return keys;
    }

    private static JsonNode choice(JsonNode choices, JsonNode list) {
        return StreamSupport.stream(choices.spliterator(), false)
                .filter(choice ->
                        StreamSupport.stream(list.spliterator(), false).noneMatch(choice::equals))
                .findFirst()
                .orElseGet(() -> list.get(0));
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
