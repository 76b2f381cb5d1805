package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.controlplane.Binaries;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.controlplane.ControlPlaneOptions;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import dev.smartdispatcher.e2e.raw.Answer;
import dev.smartdispatcher.e2e.raw.RawApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The CRD files of the chart in an API server that has never seen them, each as it lies there. */
@ApiTier
class CrdApiIT {
    private static final Path PROJECT = SourceTree.root();
    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String STRICT = "?fieldValidation=Strict";
    private static final Map<String, Answer> INSTALLED = new TreeMap<>();

    private static ControlPlane controlPlane;
    private static RawApi api;

    @BeforeAll
    static void install() {
        controlPlane = ControlPlane.start(
                Binaries.find(PROJECT, System.getenv()),
                ControlPlaneOptions.in(Path.of("target/control-plane-definitions"))
                        .withoutAudit());
        api = new RawApi(controlPlane.admin());
        ShippedDefinitions.files().forEach((file, yaml) -> INSTALLED.put(file, api.postYaml(CRDS + STRICT, yaml)));
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            for (var definition : Definition.shipped()) {
                assertThat(api.get(definition.path()).code()).isEqualTo(200);
            }
        });
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
    }

    static List<Definition> definitions() {
        return Definition.shipped();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void isAcceptedWithoutWarning(Definition definition) {
        var answer = INSTALLED.get(definition.file());
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
        assertThat(answer.warnings()).isEmpty();
    }

    /** A schema that is not structural, or a name that is taken, would be further conditions. */
    @ParameterizedTest
    @MethodSource("definitions")
    void isEstablishedAndNothingElse(Definition definition) {
        var conditions = new TreeMap<String, String>();
        crd(definition)
                .at("/status/conditions")
                .forEach(condition -> conditions.put(
                        condition.path("type").asText(),
                        condition.path("status").asText()));
        assertThat(conditions).isEqualTo(Map.of("Established", "True", "NamesAccepted", "True"));
    }

    /** Nothing of the file is dropped or rewritten. */
    @ParameterizedTest
    @MethodSource("definitions")
    void isStoredWhole(Definition definition) {
        var stored = crd(definition).at("/spec/versions/0");
        for (var field : List.of("schema", "selectableFields", "subresources", "served", "storage")) {
            assertThat(stored.path(field)
                            .equals(CrdApiIT::compare, definition.version().path(field)))
                    .as(field)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void applyingItAgainChangesNothing(Definition definition) {
        var path = CRDS + "/" + definition.crd().at("/metadata/name").asText();
        var yaml = ShippedDefinitions.files().get(definition.file());
        var first = api.apply(path + "?fieldManager=chart&force=true", yaml);
        assertThat(first.code()).as(first.message()).isEqualTo(200);
        assertThat(first.warnings()).isEmpty();
        var again = api.apply(path + "?fieldManager=chart", yaml);
        assertThat(again.body().at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(again.body().at("/metadata/resourceVersion"))
                .isEqualTo(first.body().at("/metadata/resourceVersion"));
    }

    @Test
    void theyAreFoundAsBuilds() {
        var resources = api.get("/apis/smartdispatcher.dev/v1alpha1").body().path("resources");
        assertThat(StreamSupport.stream(resources.spliterator(), false)
                        .filter(resource -> !resource.path("name").asText().contains("/")))
                .allSatisfy(resource ->
                        assertThat(resource.at("/categories/0").asText()).isEqualTo("builds"))
                .extracting(resource -> resource.at("/shortNames/0").asText())
                .containsExactlyInAnyOrder("bj", "bw", "benv", "dp", "bprof", "wchk");
    }

    private static JsonNode crd(Definition definition) {
        return api.get(CRDS + "/" + definition.crd().at("/metadata/name").asText())
                .body();
    }

    /** Numbers have no needless fraction when they are stored. */
    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }
}
