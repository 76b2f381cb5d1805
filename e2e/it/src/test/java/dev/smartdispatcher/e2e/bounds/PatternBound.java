package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code pattern}. */
final class PatternBound implements Keyword {
    @Override
    public String word() {
        return "pattern";
    }

    @Override
    public boolean holds(JsonNode value, JsonNode schema) {
        return !value.isTextual()
                || Pattern.compile(schema.get(word()).asText())
                        .matcher(value.asText())
                        .find();
    }

    /** As long as the good one, or an amount with one digit of the exponent, a time by another clock than UTC. */
    @Override
    public JsonNode broken(JsonNode good, JsonNode schema) {
        if (schema.path(TypeBound.INT_OR_STRING).asBoolean()) {
            return TextNode.valueOf("1e-100");
        }
        if (FormatBound.DATE_TIME.equals(schema.path("format").asText())) {
            return TextNode.valueOf("2026-01-01T00:00:00+00:00");
        }
        return TextNode.valueOf("!" + good.asText().substring(1));
    }

    @Override
    public Optional<JsonNode> edge(JsonNode good, JsonNode schema) {
        if (schema.path(TypeBound.INT_OR_STRING).asBoolean()) {
            return Optional.of(TextNode.valueOf("1e-99"));
        }
        return FormatBound.DATE_TIME.equals(schema.path("format").asText())
                ? Optional.of(TextNode.valueOf("9999-12-31T23:59:59.999999999Z"))
                : Optional.empty();
    }

    @Override
    public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
        return Stream.of(Complaint.invalid(
                field, value.toString(), "should match '" + schema.get(word()).asText() + "'"));
    }
}
