package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A word of the schema that bounds values. All methods are given the schema in which it stands. */
interface Keyword {
    Keyword TYPE = new TypeBound();
    Keyword CHOICE = new EnumBound();
    /** Those of texts, in the order in which a server looks at them: it names the first that is broken. */
    List<Keyword> TEXT = List.of(LengthBound.LONGEST, LengthBound.SHORTEST, new PatternBound());

    /** Those that a server looks at whatever else is broken. */
    List<Keyword> OTHERS = List.of(
            CHOICE,
            RangeBound.LEAST,
            RangeBound.MOST,
            CountBound.ITEMS,
            CountBound.PROPERTIES,
            new FormatBound(),
            new DistinctBound());

    /** All that are known here. */
    List<Keyword> ALL =
            Stream.of(List.of(TYPE), TEXT, OTHERS).flatMap(List::stream).toList();

    /** As in the schema. */
    String word();

    /** Whether the schema bounds values by it. */
    default boolean bounds(JsonNode schema) {
        return schema.has(word());
    }

    /** Whether {@code value} keeps the bound. */
    boolean holds(JsonNode value, JsonNode schema);

    /** A value that does not, as near to {@code good}, which does, as can be. */
    JsonNode broken(JsonNode good, JsonNode schema);

    /** The last value that keeps the bound, if it has an edge. */
    default Optional<JsonNode> edge(JsonNode good, JsonNode schema) {
        return Optional.empty();
    }

    /** How {@code value}, which breaks the bound, is refused. */
    Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema);

    /** How a value is refused by all bounds of a place. */
    static Set<Complaint> all(String field, JsonNode value, JsonNode schema) {
        // A value of the wrong type breaks nothing else, but is none of the choices.
        var broken = TYPE.breaks(value, schema)
                ? Stream.of(TYPE, CHOICE).filter(keyword -> keyword.breaks(value, schema))
                : Stream.concat(
                        TEXT.stream()
                                .filter(keyword -> keyword.breaks(value, schema))
                                .limit(1),
                        OTHERS.stream().filter(keyword -> keyword.breaks(value, schema)));
        return broken.flatMap(keyword -> keyword.complaints(field, value, schema))
                .collect(Collectors.toSet());
    }

    private boolean breaks(JsonNode value, JsonNode schema) {
        return bounds(schema) && !holds(value, schema);
    }
}
