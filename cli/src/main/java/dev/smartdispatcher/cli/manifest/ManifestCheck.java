package dev.smartdispatcher.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.operator.packages.EnvironmentCheck;
import dev.smartdispatcher.operator.validation.SpecCheck;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Whether an API server and the operator accept an object: by the schema of its definition, and by the operator's own checks. */
public final class ManifestCheck {
    private static final String DEFINITIONS = "/META-INF/smart-dispatcher/crds/";
    private static final Map<String, String> PLURALS =
            Map.of("BuildJob", "buildjobs", "BuildEnvironment", "buildenvironments");

    private static final SchemaRegistry OPEN_API =
            SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30(), builder -> builder.schemaCacheEnabled(false));

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private ManifestCheck() {}

    /** The problems, each as {@code FIELD: SENTENCE}; none if the object is valid. */
    public static List<String> problems(ObjectNode object) {
        var kind = object.path("kind").asText();
        var schema = SCHEMAS.computeIfAbsent(kind, ManifestCheck::schemaOfSpec);
        var bySchema = schema.validate(object.path("spec")).stream()
                .map(error -> "spec" + field(error.getInstanceLocation()) + ": " + error.getMessage())
                .sorted()
                .toList();
        return bySchema.isEmpty() ? byRules(kind, object) : bySchema;
    }

    private static List<String> byRules(String kind, ObjectNode object) {
        var spec = object.path("spec");
        return kind.equals("BuildJob")
                ? SpecCheck.problems(
                        object.path("metadata").path("name").asText(),
                        Serialization.jsonMapper().convertValue(spec, BuildJobSpec.class))
                : EnvironmentCheck.problems(Serialization.jsonMapper().convertValue(spec, BuildEnvironmentSpec.class));
    }

    /** As Kubernetes writes it: {@code .env[0].name}. */
    private static String field(NodePath path) {
        var text = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            text.append(path.getElement(i) instanceof Integer index ? "[" + index + "]" : "." + path.getElement(i));
        }
        return text.toString();
    }

    private static Schema schemaOfSpec(String kind) {
        var file = DEFINITIONS + PLURALS.get(kind) + ".smartdispatcher.dev.yaml";
        try (var stream = ManifestCheck.class.getResourceAsStream(file)) {
            var definition = Serialization.yamlMapper().readTree(stream);
            var schema = definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
            keywordsOfJsonSchema(schema);
            return OPEN_API.getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** Drops Kubernetes' own keywords, which the validator warns of, and refuses fields that the schema does not have. */
    private static void keywordsOfJsonSchema(JsonNode node) {
        if (node instanceof ObjectNode schema) {
            schema.properties().removeIf(keyword -> keyword.getKey().startsWith("x-kubernetes-"));
            if (schema.path("properties").size() > 0) {
                schema.put("additionalProperties", false);
            }
        }
        Stream.of(node.path("items"), node.path("additionalProperties"))
                .filter(JsonNode::isObject)
                .forEach(ManifestCheck::keywordsOfJsonSchema);
        node.path("properties").forEach(ManifestCheck::keywordsOfJsonSchema);
    }
}
