package dev.smartdispatcher.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object has the fields of its kind and no others, and the labels that tools look for. */
class TypedObjectsTest {
    @ParameterizedTest
    @MethodSource("dev.smartdispatcher.e2e.chart.Scenario#all")
    void everyObjectIsOfItsType(Scenario scenario) throws Exception {
        for (var manifest : scenario.render().manifests()) {
            assertThat(StrictTypes.read(manifest.content()))
                    .as(manifest.toString())
                    .isNotNull();
        }
    }

    @Test
    void aMisspelledFieldWouldBeSeen() {
        var deployment = Chart.render().ofKind("Deployment").findFirst().orElseThrow();
        ((ObjectNode) deployment.content().at("/spec/template/spec")).put("hostNetwrok", true);
        assertThatThrownBy(() -> StrictTypes.read(deployment.content()))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("hostNetwrok");
    }

    @ParameterizedTest
    @MethodSource("dev.smartdispatcher.e2e.chart.Scenario#all")
    void everyObjectHasTheRecommendedLabels(Scenario scenario) {
        for (var manifest : scenario.render().manifests()) {
            var labels = manifest.content().at("/metadata/labels");
            assertThat(labels.fieldNames())
                    .toIterable()
                    .as(manifest.toString())
                    .contains(
                            "app.kubernetes.io/name",
                            "app.kubernetes.io/instance",
                            "app.kubernetes.io/version",
                            "app.kubernetes.io/component",
                            "app.kubernetes.io/part-of",
                            "app.kubernetes.io/managed-by",
                            "helm.sh/chart");
            assertThat(labels.path("app.kubernetes.io/instance").textValue()).isEqualTo(Chart.RELEASE);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.smartdispatcher.e2e.chart.Scenario#all")
    void namespacedObjectsAreInTheReleasesNamespace(Scenario scenario) throws Exception {
        for (var manifest : scenario.render().manifests()) {
            var namespace = manifest.content().at("/metadata/namespace");
            if (StrictTypes.read(manifest.content()) instanceof io.fabric8.kubernetes.api.model.Namespaced) {
                assertThat(namespace.textValue()).as(manifest.toString()).isEqualTo(Chart.NAMESPACE);
            }
        }
    }
}
