package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import dev.smartdispatcher.e2e.embedded.schema.FieldError;
import java.util.List;
import java.util.Map;

/** Defaults and checks of one of Kubernetes' own kinds. The objects are changed in place. */
public interface KindRules {
    /** Completes an object that is to be created, and tells what is wrong with it. */
    default List<FieldError> onCreate(ObjectNode object) {
        return List.of();
    }

    /** Tells what is wrong with {@code after} as a successor of {@code before}. */
    default List<FieldError> onUpdate(JsonNode before, ObjectNode after) {
        return List.of();
    }

    /** The status that a created object gets; null: none. By default what the creator says is dropped. */
    default JsonNode firstStatus(ObjectNode object) {
        return null;
    }

    /** The rules of {@code kind}; the empty rules where there are none. */
    static KindRules of(ResourceKind kind) {
        return kind.gvr().group().isEmpty() || kind.gvr().resource().equals("customresourcedefinitions")
                ? Known.BY_RESOURCE.getOrDefault(kind.gvr().resource(), Known.NONE)
                : Known.NONE;
    }

    /** Holds the table, so that it is not part of the interface. */
    final class Known {
        private static final KindRules NONE = new KindRules() {};
        private static final Map<String, KindRules> BY_RESOURCE = Map.of(
                "pods", new PodRules(),
                "nodes", new NodeRules(),
                "namespaces", new NamespaceRules(),
                "configmaps", new DataRules(),
                "secrets", new DataRules(),
                "customresourcedefinitions", new DefinitionRules());

        private Known() {}
    }
}
