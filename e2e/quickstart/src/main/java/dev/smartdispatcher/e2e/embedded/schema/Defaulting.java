package dev.smartdispatcher.e2e.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Sets a schema's defaults, as a real API server does: a default is set where its parent object is there, and never makes
 * a parent. A null where null is not allowed counts as absent.
 */
final class Defaulting {
    private Defaulting() {}

    /** Sets the defaults of {@code schema} in {@code value}, in place. */
    static void apply(JsonNode value, JsonNode schema) {
        if (value.isObject()) {
            properties((ObjectNode) value, schema);
        } else if (value.isArray()) {
            value.forEach(item -> apply(item, schema.path("items")));
        }
    }

    private static void properties(ObjectNode object, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            var rules = property.getValue();
            var present = object.get(property.getKey());
            var absent = present == null
                    || present.isNull() && !rules.path("nullable").asBoolean();
            if (absent && rules.has("default")) {
                object.set(property.getKey(), rules.get("default").deepCopy());
            }
        });
        var others = schema.path("additionalProperties");
        object.properties().forEach(field -> {
            var known = schema.path("properties").path(field.getKey());
            apply(field.getValue(), known.isMissingNode() ? others : known);
        });
    }
}
