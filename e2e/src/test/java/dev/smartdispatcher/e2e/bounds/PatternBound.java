package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/** {@code pattern}. */
final class PatternBound implements Keyword {
    @Override
    public String word() {
        return "pattern";
    }

    @Override
    public boolean holds(JsonNode value, JsonNode schema) {
        return Pattern.compile(schema.get(word()).asText()).matcher(value.asText()).find();
    }

    /** As long as the good one. */
    @Override
    public JsonNode broken(JsonNode good, JsonNode schema) {
        return TextNode.valueOf("!" + good.asText().substring(1));
    }

    @Override
    public Complaint complaint(String field, JsonNode value, JsonNode schema) {
        return Complaint.invalid(
                field, value.toString(), "should match '" + schema.get(word()).asText() + "'");
    }
}
