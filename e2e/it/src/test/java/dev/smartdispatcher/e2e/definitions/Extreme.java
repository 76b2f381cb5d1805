package dev.smartdispatcher.e2e.definitions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A bound of a schema, and objects at its two sides.
 *
 * @param name as {@code BuildJob spec.env[].name maxLength}
 * @param inStatus whether only the status subresource can write it
 * @param beyond the kind's sample with the nearest value that breaks the bound
 * @param edge the sample with the last value that keeps it, where there is such a thing; a CEL rule may refuse it still
 * @param large whether the bound is one of size
 */
public record Extreme(String name, boolean inStatus, ObjectNode beyond, Optional<ObjectNode> edge, boolean large) {
    /** Those of all bounds of a kind but its CEL rules. */
    public static List<Extreme> of(Definition definition) {
        var sample = Sample.of(definition);
        var extremes = new ArrayList<Extreme>();
        for (var place : definition.places()) {
            sample.find(place).ifPresent(location -> Stream.concat(
                            keywords(place, sample, location), required(place, sample, location))
                    .map(extreme -> extreme.named(definition.kind() + " " + place + " " + extreme.name()))
                    .forEach(extremes::add));
        }
        return extremes;
    }

    private static Stream<Extreme> keywords(Place place, Sample sample, Location location) {
        if (place.isRoot()) {
            return Stream.empty();
        }
        var good = sample.at(location);
        var schema = place.schema();
        return Stream.of(Keyword.values())
                .filter(keyword -> keyword.bounds(schema))
                .map(keyword -> new Extreme(
                        keyword.word(),
                        place.inStatus(),
                        sample.with(location, keyword.beyond(good, schema)),
                        keyword.edge(good, schema).map(value -> sample.with(location, value)),
                        keyword.isOfSize()));
    }

    private static Stream<Extreme> required(Place place, Sample sample, Location location) {
        return StreamSupport.stream(place.schema().path("required").spliterator(), false)
                .map(field -> new Extreme(
                        "required " + field.asText(),
                        place.inStatus(),
                        sample.without(location, field.asText()),
                        Optional.empty(),
                        false));
    }

    private Extreme named(String full) {
        return new Extreme(full, inStatus, beyond, edge, large);
    }

    @Override
    public String toString() {
        return name;
    }
}
