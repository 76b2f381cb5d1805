package dev.smartdispatcher.e2e.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Place;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No CEL rule is left without cases, and none has been changed without a look at them. */
class CelRulesTest {
    private record Stated(String path, String rule, String message) {}

    static List<Definition> definitions() {
        return Definition.shipped();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyRuleHasCases(Definition definition) {
        assertThat(CelRule.of(definition))
                .extracting(rule -> new Stated(rule.path(), rule.rule(), rule.message()))
                .as("the rules in e2e/it/src/test/resources/api/rules")
                .containsExactlyInAnyOrderElementsOf(definition.places().stream()
                        .flatMap(CelRulesTest::stated)
                        .toList());
        assertThat(CelRule.of(definition)).allSatisfy(rule -> {
            assertThat(rule.refused()).isNotEmpty();
            assertThat(rule.accepted()).isNotEmpty();
            assertThat(rule.refused())
                    .allSatisfy(example -> assertThat(rule.sentence(example)).isNotBlank());
        });
    }

    private static Stream<Stated> stated(Place place) {
        return StreamSupport.stream(
                        place.schema().path("x-kubernetes-validations").spliterator(), false)
                .map(rule -> new Stated(place.path(), text(rule, "rule"), text(rule, "message")));
    }

    private static String text(JsonNode rule, String field) {
        return rule.path(field).asText(null);
    }
}
