package dev.smartdispatcher.e2e.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@code openAPIV3Schema} of one version of a custom resource.
 *
 * <p>{@code x-kubernetes-validations} (CEL) are <em>not</em> evaluated: there is no CEL here. The operator states the same
 * rules, and the tier with a real API server tests the expressions.
 */
public final class CustomSchema {
    private final JsonNode openApi;
    private final JsonSchema validator;

    /** @param openApi the CRD's {@code spec.versions[].schema.openAPIV3Schema} */
    public CustomSchema(JsonNode openApi) {
        this.openApi = openApi;
        this.validator = new JsonSchema(openApi);
    }

    /** Takes unknown fields out of {@code object}, in place, and answers their paths. */
    public List<String> prune(ObjectNode object) {
        return Pruning.prune(object, openApi);
    }

    /** Sets the schema's defaults in {@code object}, in place. */
    public void setDefaults(ObjectNode object) {
        Defaulting.apply(object, openApi);
    }

    /** What is wrong with {@code object}; empty if nothing is. */
    public List<FieldError> errorsOf(ObjectNode object) {
        return Stream.concat(
                        validator.errorsOf(object).stream(),
                        Duplicates.in(object, new SchemaListRules(openApi)).stream())
                .toList();
    }

    /** How its lists are merged by apply. */
    public ListRules listRules() {
        return new SchemaListRules(openApi);
    }
}
