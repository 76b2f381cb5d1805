package dev.smartdispatcher.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The checked-in CRDs are those of the records; {@code -Dgolden.update=true} writes them anew. */
class CrdGoldenTest {
    private static final Path CHECKED_IN = Path.of("..", "helm", "smart-dispatcher", "crds");

    @TestFactory
    List<DynamicTest> checkedInCrdIsCurrent() {
        return CrdGenerator.generate().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    var file = CHECKED_IN.resolve(e.getKey());
                    if (Boolean.getBoolean("golden.update")) {
                        Files.writeString(file, e.getValue());
                    }
                    assertThat(file)
                            .as("mvn -pl crds test -Dgolden.update=true writes it anew")
                            .exists()
                            .hasContent(e.getValue());
                }))
                .toList();
    }

    @Test
    void noOtherCrdIsCheckedIn() throws IOException {
        try (var files = Files.list(CHECKED_IN)) {
            assertThat(files.map(f -> f.getFileName().toString()).collect(Collectors.toSet()))
                    .isEqualTo(CrdGenerator.generate().keySet());
        }
    }

    @Test
    void everyFieldIsDescribed() {
        var bare = new ArrayList<String>();
        for (var yaml : CrdGenerator.generate().values()) {
            var crd = Serialization.unmarshal(yaml, CustomResourceDefinition.class);
            var schema = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
            schema.getProperties()
                    .forEach((part, props) ->
                            collectBare(crd.getSpec().getNames().getKind() + "." + part, props, bare));
        }
        assertThat(bare).isEmpty();
    }

    private static void collectBare(String path, JSONSchemaProps schema, List<String> bare) {
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> {
                if (property.getDescription() == null) {
                    bare.add(path + "." + name);
                }
                collectBare(path + "." + name, property, bare);
            });
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            collectBare(path + "[]", schema.getItems().getSchema(), bare);
        }
    }

    /** What has no bound is taken by the API server, and read by nobody. */
    @Test
    void everyNumberTimeAndQuantityIsBounded() {
        var open = new ArrayList<String>();
        for (var yaml : CrdGenerator.generate().values()) {
            var crd = Serialization.unmarshal(yaml, CustomResourceDefinition.class);
            var schema = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
            collectOpen(crd.getSpec().getNames().getKind(), schema, open);
        }
        assertThat(open).isEmpty();
    }

    private static void collectOpen(String path, JSONSchemaProps schema, List<String> open) {
        var quantity = Boolean.TRUE.equals(schema.getXKubernetesIntOrString());
        var number = quantity || "integer".equals(schema.getType()) || "number".equals(schema.getType());
        var time = "date-time".equals(schema.getFormat());
        if (number && (schema.getMinimum() == null || schema.getMaximum() == null)
                || (quantity || time) && schema.getPattern() == null
                || quantity && schema.getMaxLength() == null) {
            open.add(path);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> collectOpen(path + "." + name, property, open));
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            collectOpen(path + "[]", schema.getItems().getSchema(), open);
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            collectOpen(path + "{}", schema.getAdditionalProperties().getSchema(), open);
        }
    }
}
