package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A Namespace is born active. */
final class NamespaceRules implements KindRules {
    @Override
    public JsonNode firstStatus(ObjectNode namespace) {
        return namespace.objectNode().put("phase", "Active");
    }
}
