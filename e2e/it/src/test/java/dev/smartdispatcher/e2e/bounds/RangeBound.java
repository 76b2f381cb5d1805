package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code minimum} and {@code maximum}, of whole numbers. */
enum RangeBound implements Keyword {
    LEAST("minimum", -1, "greater"),
    MOST("maximum", 1, "less");

    private final String word;
    private final int outwards;
    private final String wanted;

    RangeBound(String word, int outwards, String wanted) {
        this.word = word;
        this.outwards = outwards;
        this.wanted = wanted;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public boolean holds(JsonNode value, JsonNode schema) {
        return !value.isNumber() || Long.signum(value.asLong() - limit(schema)) != outwards;
    }

    @Override
    public JsonNode broken(JsonNode good, JsonNode schema) {
        return LongNode.valueOf(limit(schema) + outwards);
    }

    @Override
    public Optional<JsonNode> edge(JsonNode good, JsonNode schema) {
        return Optional.of(LongNode.valueOf(limit(schema)));
    }

    @Override
    public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
        return Stream.of(Complaint.invalid(
                field, value.toString(), "should be " + wanted + " than or equal to " + limit(schema)));
    }

    private long limit(JsonNode schema) {
        return schema.get(word).decimalValue().longValueExact();
    }
}
