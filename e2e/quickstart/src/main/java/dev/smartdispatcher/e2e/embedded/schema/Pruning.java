package dev.smartdispatcher.e2e.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes out of an object what its schema does not name, and tells what that was. */
final class Pruning {
    private static final Set<String> TYPE_AND_METADATA = Set.of("apiVersion", "kind", "metadata");

    private final List<String> unknown = new ArrayList<>();

    private Pruning() {}

    /** Prunes {@code object} in place. Answers the paths of what was taken out, in their order. */
    static List<String> prune(ObjectNode object, JsonNode schema) {
        var pruning = new Pruning();
        pruning.fields(object, schema, FieldPath.ROOT);
        return pruning.unknown;
    }

    private void value(JsonNode value, JsonNode schema, String path) {
        if (value.isObject()) {
            fields((ObjectNode) value, schema, path);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                value(value.get(i), schema.path("items"), FieldPath.item(path, i));
            }
        }
    }

    private void fields(ObjectNode object, JsonNode schema, String path) {
        var names = object.fieldNames();
        while (names.hasNext()) {
            var name = names.next();
            if (path.equals(FieldPath.ROOT) && TYPE_AND_METADATA.contains(name)) {
                continue;
            }
            var field = FieldPath.field(path, name);
            var known = schema.path("properties").path(name);
            var others = schema.path("additionalProperties");
            if (!known.isMissingNode()) {
                value(object.get(name), known, field);
            } else if (others.isObject()) {
                value(object.get(name), others, field);
            } else if (!others.asBoolean()
                    && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                unknown.add(field);
                names.remove();
            }
        }
    }
}
