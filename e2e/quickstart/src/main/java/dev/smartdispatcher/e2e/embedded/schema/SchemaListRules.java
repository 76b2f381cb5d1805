package dev.smartdispatcher.e2e.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** The list rules that a custom resource's schema states: {@code x-kubernetes-list-type} and {@code -list-map-keys}. */
record SchemaListRules(JsonNode schema) implements ListRules {
    @Override
    public List<String> keys() {
        if (!"map".equals(schema.path("x-kubernetes-list-type").asText())) {
            return List.of();
        }
        return StreamSupport.stream(schema.path("x-kubernetes-list-map-keys").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Override
    public boolean isSet() {
        return "set".equals(schema.path("x-kubernetes-list-type").asText());
    }

    @Override
    public ListRules field(String name) {
        if (name.equals("metadata") && !schema.path("properties").path(name).has("properties")) {
            return BuiltInListRules.ROOT;
        }
        var known = schema.path("properties").path(name);
        return new SchemaListRules(known.isMissingNode() ? schema.path("additionalProperties") : known);
    }

    @Override
    public ListRules item() {
        return new SchemaListRules(schema.path("items"));
    }
}
