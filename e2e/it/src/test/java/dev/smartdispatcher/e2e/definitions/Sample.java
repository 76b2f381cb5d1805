package dev.smartdispatcher.e2e.definitions;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** A valid object in which every field is set. */
public record Sample(ObjectNode object) {
    /** That of a kind. */
    public static Sample of(Definition definition) {
        return read(definition.kind().toLowerCase(Locale.ROOT));
    }

    /** That of a file of the directory {@code api/samples}. */
    public static Sample read(String name) {
        return new Sample(Resource.yaml("/api/samples/" + name + ".yaml", new TypeReference<>() {}));
    }

    /** Its {@code metadata.name}. */
    public String name() {
        return object.at("/metadata/name").asText();
    }

    /** Where the sample has a value for {@code place}; the first if there are several. */
    public Optional<Location> find(Place place) {
        return find(object, place.steps(), new Location(JsonPointer.empty(), ""));
    }

    /** The value at {@code location}. */
    public JsonNode at(Location location) {
        return object.at(location.pointer());
    }

    /** The object with another value at {@code location}. */
    public ObjectNode with(Location location, JsonNode value) {
        var changed = object.deepCopy();
        var parent = changed.at(location.pointer().head());
        var last = location.pointer().last();
        if (parent instanceof ArrayNode list) {
            list.set(last.getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(last.getMatchingProperty(), value);
        }
        return changed;
    }

    /** The object without a field of the one at {@code location}. */
    public ObjectNode without(Location location, String field) {
        var changed = object.deepCopy();
        ((ObjectNode) changed.at(location.pointer())).remove(field);
        return changed;
    }

    private static Optional<Location> find(JsonNode value, List<String> steps, Location at) {
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (steps.isEmpty()) {
            return Optional.of(at);
        }
        var below = steps.subList(1, steps.size());
        var step = steps.get(0);
        if (step.equals(Place.ITEM)) {
            return IntStream.range(0, value.size())
                    .mapToObj(i -> find(value.get(i), below, at.item(i)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (step.equals(Place.VALUE)) {
            return StreamSupport.stream(((Iterable<String>) value::fieldNames).spliterator(), false)
                    .map(key -> find(value.get(key), below, at.field(key)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return find(value.path(step), below, at.field(step));
    }
}
