package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.stream.Stream;

/** {@code format}, of which only date-time is in use. */
final class FormatBound implements Keyword {
    static final String DATE_TIME = "date-time";

    @Override
    public String word() {
        return "format";
    }

    @Override
    public boolean holds(JsonNode value, JsonNode schema) {
        if (!schema.get(word()).asText().equals(DATE_TIME)) {
            throw new IllegalStateException("no test knows the format " + schema.get(word()));
        }
        try {
            OffsetDateTime.parse(value.asText());
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    @Override
    public JsonNode broken(JsonNode good, JsonNode schema) {
        return TextNode.valueOf("yesterday");
    }

    @Override
    public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
        return Stream.of(Complaint.wrongType(field, value.toString(), DATE_TIME));
    }
}
