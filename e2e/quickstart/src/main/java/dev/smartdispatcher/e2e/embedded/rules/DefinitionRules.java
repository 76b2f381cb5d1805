package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A CustomResourceDefinition is served at once, and says so. */
final class DefinitionRules implements KindRules {
    @Override
    public JsonNode firstStatus(ObjectNode definition) {
        var status = definition.objectNode();
        status.set("acceptedNames", definition.at("/spec/names").deepCopy());
        var conditions = status.putArray("conditions");
        for (var type : new String[] {"NamesAccepted", "Established"}) {
            conditions.addObject().put("type", type).put("status", "True").put("reason", "NoConflicts");
        }
        return status;
    }
}
