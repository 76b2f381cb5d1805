package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import java.util.List;
import java.util.stream.Collectors;

/** Brings a custom resource into the form that its schema demands, or refuses it. */
public final class SchemaRules {
    private SchemaRules() {}

    /**
     * Prunes, completes and validates {@code object}, in place. Answers the warnings for the writer.
     *
     * @param strict whether unknown fields are refused, as {@code fieldValidation=Strict} asks, rather than pruned
     * @throws ApiException 400 for unknown fields under {@code strict}, 422 for broken rules
     */
    public static List<String> admit(ResourceKind kind, ObjectNode object, boolean strict) {
        if (kind.schema().isEmpty()) {
            return List.of();
        }
        var schema = kind.schema().get();
        var unknown = schema.prune(object).stream()
                .map(field -> "unknown field \"" + field + "\"")
                .toList();
        if (strict && !unknown.isEmpty()) {
            throw ApiException.badRequest(kind.kind() + " in version \""
                    + kind.gvr().version() + "\" cannot be handled as a " + kind.kind() + ": strict decoding error: "
                    + unknown.stream().collect(Collectors.joining(", ")));
        }
        schema.setDefaults(object);
        var errors = schema.errorsOf(object);
        if (!errors.isEmpty()) {
            throw ApiException.invalid(kind, Meta.of(object).name(), errors);
        }
        return unknown;
    }
}
