package dev.smartdispatcher.e2e.embedded.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.schema.CustomSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The kinds that a CustomResourceDefinition adds: one for each version that it serves. */
final class CustomKinds {
    private CustomKinds() {}

    static List<ResourceKind> of(JsonNode crd) {
        return stream(crd.at("/spec/versions"))
                .filter(version -> version.path("served").asBoolean())
                .map(version -> of(crd.path("spec"), version))
                .toList();
    }

    private static ResourceKind of(JsonNode spec, JsonNode version) {
        return new ResourceKind(
                new Gvr(
                        spec.path("group").asText(),
                        version.path("name").asText(),
                        spec.at("/names/plural").asText()),
                spec.at("/names/kind").asText(),
                "Namespaced".equals(spec.path("scope").asText()),
                version.at("/subresources/status").isObject(),
                stream(version.path("selectableFields"))
                        .map(field -> field.path("jsonPath").asText().substring(1))
                        .collect(Collectors.toUnmodifiableSet()),
                Optional.of(new CustomSchema(version.at("/schema/openAPIV3Schema"))));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
