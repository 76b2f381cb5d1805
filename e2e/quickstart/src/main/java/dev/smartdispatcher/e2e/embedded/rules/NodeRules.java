package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.Meta;

/** A Node keeps the status that it is created with: so a kubelet registers. */
final class NodeRules implements KindRules {
    @Override
    public JsonNode firstStatus(ObjectNode node) {
        return node.get(Meta.STATUS);
    }
}
