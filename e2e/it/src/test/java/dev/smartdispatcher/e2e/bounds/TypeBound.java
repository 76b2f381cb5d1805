package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code type}, or integer and string for quantities. */
final class TypeBound implements Keyword {
    static final String INT_OR_STRING = "x-kubernetes-int-or-string";

    @Override
    public String word() {
        return "type";
    }

    @Override
    public boolean bounds(JsonNode schema) {
        return !types(schema).isEmpty();
    }

    @Override
    public boolean holds(JsonNode value, JsonNode schema) {
        return types(schema).contains(typeOf(value));
    }

    @Override
    public JsonNode broken(JsonNode good, JsonNode schema) {
        var types = types(schema);
        return types.contains("string")
                ? types.contains("integer") ? BooleanNode.TRUE : IntNode.valueOf(7)
                : TextNode.valueOf("seven");
    }

    @Override
    public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
        var types = types(schema);
        if (FormatBound.DATE_TIME.equals(schema.path("format").asText())) {
            return Stream.of(Complaint.wrongType(field, "\"int64\"", FormatBound.DATE_TIME));
        }
        var found = "\"" + typeOf(value) + "\"";
        var complaint = Complaint.wrongType(field, found, String.join(",", types));
        if (types.size() == 1) {
            return Stream.of(complaint);
        }
        // Quantities are an anyOf beside their type.
        return Stream.of(
                complaint,
                Complaint.wrongType(field, found, types.get(0)),
                new Complaint(
                        field.equals(Complaint.body(field)) ? "<nil>" : "status",
                        Complaint.INVALID,
                        "Invalid value: \"\": \"" + Complaint.body(field)
                                + "\" must validate at least one schema (anyOf)"));
    }

    private static List<String> types(JsonNode schema) {
        if (schema.path(INT_OR_STRING).asBoolean()) {
            return List.of("integer", "string");
        }
        return schema.has("type") ? List.of(schema.get("type").asText()) : List.of();
    }

    private static String typeOf(JsonNode value) {
        return value.isIntegralNumber() ? "integer" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
