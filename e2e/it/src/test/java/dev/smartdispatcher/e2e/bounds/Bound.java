package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Location;
import dev.smartdispatcher.e2e.definitions.Place;
import dev.smartdispatcher.e2e.definitions.Sample;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A bound of a schema, with what tries it.
 *
 * @param place where it is
 * @param word the schema's keyword, with the field's name if it is required
 * @param broken the sample, changed so that it breaks this bound
 * @param complaints for what it is refused; more than one where the value breaks further bounds of the same place
 * @param edge the sample with the last value that keeps the bound, where there is such a thing
 */
public record Bound(
        Definition definition,
        Place place,
        String word,
        ObjectNode broken,
        Set<Complaint> complaints,
        Optional<ObjectNode> edge) {

    /** All bounds of a kind but its CEL rules. */
    public static List<Bound> of(Definition definition) {
        var sample = Sample.of(definition);
        var bounds = new ArrayList<Bound>();
        for (var place : definition.places()) {
            var location = sample.find(place);
            if (location.isPresent()) {
                bounds.addAll(keywords(definition, place, sample, location.get()));
                bounds.addAll(required(definition, place, sample, location.get()));
            }
        }
        return bounds;
    }

    private static List<Bound> keywords(Definition definition, Place place, Sample sample, Location location) {
        if (place.isRoot()) {
            return List.of();
        }
        var good = sample.at(location);
        return Keyword.ALL.stream()
                .filter(keyword -> keyword.bounds(place.schema()))
                .map(keyword -> {
                    var broken = keyword.broken(good, place.schema());
                    return new Bound(
                            definition,
                            place,
                            keyword.word(),
                            sample.with(location, broken),
                            complaints(place, location, broken),
                            keyword.edge(good, place.schema()).map(value -> sample.with(location, value)));
                })
                .toList();
    }

    private static Set<Complaint> complaints(Place place, Location location, JsonNode broken) {
        var complaints = new HashSet<>(Keyword.all(location.field(), broken, place.schema()));
        if (place.isKeyedItem() && !broken.isObject()) {
            complaints.add(new Complaint(
                    location.field(),
                    Complaint.INVALID,
                    "Invalid value: " + broken + ": must be an object for an array of list-type map"));
        }
        return complaints;
    }

    private static List<Bound> required(Definition definition, Place place, Sample sample, Location location) {
        return StreamSupport.stream(place.schema().path("required").spliterator(), false)
                .map(name -> new Bound(
                        definition,
                        place,
                        "required " + name.asText(),
                        sample.without(location, name.asText()),
                        Set.of(new Complaint(
                                location.field(name.asText()).field(), "FieldValueRequired", "Required value")),
                        Optional.empty()))
                .toList();
    }

    /** Written as {@code spec.env[].name maxLength}. */
    @Override
    public String toString() {
        return definition.kind() + " " + place + " " + word;
    }
}
