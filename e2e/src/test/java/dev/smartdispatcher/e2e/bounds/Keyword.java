package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A word of the schema that bounds values. All methods are given the schema in which it stands. */
interface Keyword {
    /** All that are known here. */
    List<Keyword> ALL = List.of(
            new TypeBound(),
            new EnumBound(),
            new PatternBound(),
            new FormatBound(),
            LengthBound.SHORTEST,
            LengthBound.LONGEST,
            RangeBound.LEAST,
            RangeBound.MOST,
            CountBound.ITEMS,
            CountBound.PROPERTIES,
            new DistinctBound());

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
    Complaint complaint(String field, JsonNode value, JsonNode schema);

    /** How a value is refused by all bounds of a place that it breaks; one of the wrong type breaks nothing else. */
    static Set<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
        var type = ALL.get(0);
        if (type.bounds(schema) && !type.holds(value, schema)) {
            return Set.of(type.complaint(field, value, schema));
        }
        return ALL.stream()
                .filter(keyword -> keyword.bounds(schema) && !keyword.holds(value, schema))
                .map(keyword -> keyword.complaint(field, value, schema))
                .collect(Collectors.toSet());
    }
}
