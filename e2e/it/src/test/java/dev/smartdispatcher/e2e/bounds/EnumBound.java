package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code enum}. */
final class EnumBound implements Keyword {
    @Override
    public String word() {
        return "enum";
    }

    @Override
    public boolean holds(JsonNode value, JsonNode schema) {
        return choices(schema).anyMatch(value::equals);
    }

    @Override
    public JsonNode broken(JsonNode good, JsonNode schema) {
        return TextNode.valueOf(good.asText() + "x");
    }

    @Override
    public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
        var supported = choices(schema).map(JsonNode::toString).sorted().collect(Collectors.joining(", "));
        return Stream.of(new Complaint(
                field, "FieldValueNotSupported", "Unsupported value: " + value + ": supported values: " + supported));
    }

    private Stream<JsonNode> choices(JsonNode schema) {
        return StreamSupport.stream(schema.get(word()).spliterator(), false);
    }
}
