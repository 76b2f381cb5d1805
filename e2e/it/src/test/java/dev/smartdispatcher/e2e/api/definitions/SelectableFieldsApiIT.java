package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Sample;
import dev.smartdispatcher.e2e.raw.Answer;
import dev.smartdispatcher.e2e.raw.RawApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code kubectl get bj --field-selector} by each field that the CRD says can be selected by, and by no other. */
@ApiTier
class SelectableFieldsApiIT {
    private static final Definition JOB = Definition.of("BuildJob");
    private static final Sample ONE = Sample.read("buildjob");
    private static final Sample OTHER = Sample.read("buildjob-other");

    private final RawApi api;

    SelectableFieldsApiIT(KubernetesClient client) {
        api = new RawApi(client);
    }

    @BeforeAll
    static void twoJobs(KubernetesClient client) {
        var api = new RawApi(client);
        for (var sample : List.of(ONE, OTHER)) {
            assertThat(api.createWithStatus(JOB.path(), sample.object()).accepted())
                    .isTrue();
        }
    }

    @TestFactory
    Stream<DynamicTest> selects() {
        return fields().map(field -> dynamicTest(field, () -> {
            assertThat(names(select(field + "=" + value(ONE, field)))).containsExactly(ONE.name());
            assertThat(names(select(field + "!=" + value(ONE, field)))).containsExactly(OTHER.name());
            assertThat(names(select(field + "=nothing"))).isEmpty();
        }));
    }

    @Test
    void severalAreAnd() {
        var all = fields().map(field -> field + "=" + value(ONE, field)).toList();
        assertThat(names(select(String.join(",", all)))).containsExactly(ONE.name());
        assertThat(names(select("spec.environment=" + value(ONE, "spec.environment") + ",status.phase="
                        + value(OTHER, "status.phase"))))
                .isEmpty();
    }

    @Test
    void aFieldThatIsNotSelectableIsRefused() {
        var answer = select("spec.image=" + value(ONE, "spec.image"));
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.message()).contains("field label not supported: spec.image");
    }

    private Answer select(String selector) {
        return api.get(JOB.path() + "?fieldSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8));
    }

    private static List<String> names(Answer list) {
        assertThat(list.code()).as(list.message()).isEqualTo(200);
        return StreamSupport.stream(list.body().path("items").spliterator(), false)
                .map(item -> item.at("/metadata/name").asText())
                .toList();
    }

    private static Stream<String> fields() {
        return StreamSupport.stream(JOB.version().path("selectableFields").spliterator(), false)
                .map(field -> field.path("jsonPath").asText().substring(1));
    }

    private static String value(Sample sample, String field) {
        JsonNode value = sample.object().at("/" + field.replace('.', '/'));
        assertThat(value.isValueNode()).as(field).isTrue();
        return value.asText();
    }
}
