package dev.smartdispatcher.e2e.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.Comparator;
import java.util.List;

/** A structural schema as the JSON Schema validator takes it. */
final class JsonSchema {
    private static final SchemaRegistry OPEN_API =
            SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30(), builder -> builder.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    private final Schema schema;

    JsonSchema(JsonNode openApi) {
        var plain = openApi.deepCopy();
        plain(plain);
        schema = OPEN_API.getSchema(plain);
    }

    /** What is wrong with {@code object}, ordered by path. */
    List<FieldError> errorsOf(JsonNode object) {
        return schema.validate(object).stream()
                .map(JsonSchema::plain)
                .sorted(Comparator.comparing(FieldError::field))
                .toList();
    }

    /** Field, value and rule, in words of its own: a real API server has others for each rule. */
    private static FieldError plain(Error error) {
        var field = FieldPath.of(error.getInstanceLocation());
        if (error.getKeyword().equals("required")) {
            return FieldError.required(FieldPath.field(field, error.getProperty()), "");
        }
        var value = error.getInstanceNode();
        return FieldError.invalid(
                field,
                value.isContainerNode() ? value.getNodeType().toString() : value.toString(),
                error.getKeyword() + " " + error.getSchemaNode());
    }

    /** Says int-or-string in JSON Schema's words and drops Kubernetes' own keywords, which the validator warns of. */
    private static void plain(JsonNode node) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean() && !schema.has("anyOf")) {
            var either = schema.putArray("anyOf");
            either.addObject().put("type", "integer");
            either.addObject().put("type", "string");
        }
        schema.properties().removeIf(keyword -> keyword.getKey().startsWith("x-kubernetes-"));
        schema.path("properties").forEach(JsonSchema::plain);
        plain(schema.path("items"));
        plain(schema.path("additionalProperties"));
    }
}
