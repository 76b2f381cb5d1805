package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code minLength} and {@code maxLength}. */
enum LengthBound implements Keyword {
    SHORTEST("minLength") {
        @Override
        public boolean holds(JsonNode value, JsonNode schema) {
            return value.asText().length() >= limit(schema);
        }

        @Override
        public JsonNode broken(JsonNode good, JsonNode schema) {
            return ofLength(limit(schema) - 1, good, schema);
        }

        @Override
        public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
            return Stream.of(
                    Complaint.invalid(field, value.toString(), "should be at least " + limit(schema) + " chars long"));
        }
    },
    LONGEST("maxLength") {
        @Override
        public boolean holds(JsonNode value, JsonNode schema) {
            return value.asText().length() <= limit(schema);
        }

        @Override
        public JsonNode broken(JsonNode good, JsonNode schema) {
            return ofLength(limit(schema) + 1, good, schema);
        }

        @Override
        public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
            return Stream.of(new Complaint(
                    field, "FieldValueTooLong", "Too long: may not be more than " + limit(schema) + " bytes"));
        }
    };

    private final String word;

    LengthBound(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public Optional<JsonNode> edge(JsonNode good, JsonNode schema) {
        return Optional.of(ofLength(limit(schema), good, schema));
    }

    int limit(JsonNode schema) {
        return schema.get(word).asInt();
    }

    /** The good value cut, or made longer by its last character, an amount by noughts before it: so it keeps its pattern. */
    static JsonNode ofLength(int length, JsonNode good, JsonNode schema) {
        var text = good.asText();
        int missing = Math.max(0, length - text.length());
        if (schema.path(TypeBound.INT_OR_STRING).asBoolean()) {
            return TextNode.valueOf("0".repeat(missing) + text);
        }
        var longer = text + text.substring(text.length() - 1).repeat(missing);
        return TextNode.valueOf(longer.substring(0, length));
    }
}
