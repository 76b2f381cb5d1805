package dev.smartdispatcher.e2e.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Finds items that repeat in lists of type {@code map} (by their keys) and {@code set}. */
final class Duplicates {
    private final List<FieldError> errors = new ArrayList<>();

    private Duplicates() {}

    static List<FieldError> in(JsonNode object, ListRules rules) {
        var duplicates = new Duplicates();
        duplicates.walk(object, rules, FieldPath.ROOT);
        return duplicates.errors;
    }

    private void walk(JsonNode value, ListRules rules, String path) {
        if (value.isObject()) {
            value.properties()
                    .forEach(field ->
                            walk(field.getValue(), rules.field(field.getKey()), FieldPath.field(path, field.getKey())));
        } else if (value.isArray()) {
            list(value, rules, path);
        }
    }

    private void list(JsonNode list, ListRules rules, String path) {
        var seen = new HashSet<JsonNode>();
        var told = new HashSet<JsonNode>();
        for (int i = 0; i < list.size(); i++) {
            var item = list.get(i);
            var at = FieldPath.item(path, i);
            if (!rules.keys().isEmpty() && !item.isObject()) {
                errors.add(FieldError.invalid(at, item.toString(), "must be an object for an array of list-type map"));
            } else if (rules.isSet() || !rules.keys().isEmpty()) {
                var identity = identity(item, rules);
                if (!seen.add(identity) && told.add(identity)) {
                    errors.add(new FieldError(at, FieldError.DUPLICATE, "Duplicate value: " + identity));
                }
            }
            walk(item, rules.item(), at);
        }
    }

    /** What must not repeat: a set's item itself, of another list the item's keys. */
    private static JsonNode identity(JsonNode item, ListRules rules) {
        if (rules.isSet()) {
            return item;
        }
        var keys = JsonNodeFactory.instance.objectNode();
        rules.keys().forEach(key -> keys.set(key, item.path(key)));
        return keys;
    }
}
