package dev.smartdispatcher.e2e.definitions;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No bound is left without a test: the samples have every field, and the schemas no keyword that is not known here. */
class SamplesTest {
    /** What stands in the schemas and bounds nothing by itself; required fields and CEL rules are tried in their own ways. */
    private static final Set<String> NO_BOUNDS = Set.of(
            "properties",
            "items",
            "additionalProperties",
            "description",
            "default",
            "required",
            "anyOf",
            "x-kubernetes-int-or-string",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-validations");

    static List<Definition> definitions() {
        return Definition.shipped();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void theSampleHasEveryField(Definition definition) {
        var sample = Sample.of(definition);
        assertThat(definition.places())
                .filteredOn(place -> sample.find(place).isEmpty())
                .as("fields that e2e/it/src/test/resources/api/samples has to show")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyKeywordIsKnown(Definition definition) {
        var known = Stream.of(Keyword.values()).map(Keyword::word).collect(toSet());
        assertThat(definition.places())
                .flatExtracting(place -> unknown(place, known))
                .as("keywords without a test")
                .isEmpty();
    }

    private static List<String> unknown(Place place, Set<String> known) {
        var keywords = new HashSet<String>();
        place.schema().fieldNames().forEachRemaining(keywords::add);
        keywords.removeAll(known);
        keywords.removeAll(NO_BOUNDS);
        return keywords.stream().map(word -> place + " " + word).toList();
    }
}
