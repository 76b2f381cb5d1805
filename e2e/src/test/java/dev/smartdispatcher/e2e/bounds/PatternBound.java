package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.smartdispatcher.e2e.raw.Complaint;
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

    /** As long as the good one. */
    @Override
    public JsonNode broken(JsonNode good, JsonNode schema) {
        return TextNode.valueOf("!" + good.asText().substring(1));
    }

    @Override
    public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
        return Stream.of(Complaint.invalid(
                field, value.toString(), "should match '" + schema.get(word()).asText() + "'"));
    }
}
