package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.schema.FieldError;
import java.util.List;

/** A Namespace is born active, and labelled with its name. */
final class NamespaceRules implements KindRules {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    @Override
    public List<FieldError> onCreate(ObjectNode namespace) {
        var name = namespace.at("/metadata/name").asText();
        namespace.withObject("/metadata/labels").put(NAME_LABEL, name);
        return List.of();
    }

    @Override
    public JsonNode firstStatus(ObjectNode namespace) {
        return namespace.objectNode().put("phase", "Active");
    }
}
