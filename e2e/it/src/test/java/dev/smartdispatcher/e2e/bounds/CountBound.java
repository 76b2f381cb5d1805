package dev.smartdispatcher.e2e.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.raw.Complaint;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code maxItems} and {@code maxProperties}. */
enum CountBound implements Keyword {
    ITEMS("maxItems") {
        @Override
        JsonNode ofSize(int size, JsonNode good, JsonNode schema) {
            ArrayNode list = good.deepCopy();
            for (int i = list.size(); i < size; i++) {
                list.add(DistinctBound.another(list, schema));
            }
            return list;
        }
    },
    PROPERTIES("maxProperties") {
        @Override
        JsonNode ofSize(int size, JsonNode good, JsonNode schema) {
            ObjectNode map = good.deepCopy();
            for (int i = map.size(); i < size; i++) {
                map.set("key-" + i, good.elements().next());
            }
            return map;
        }
    };

    private final String word;

    CountBound(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public boolean holds(JsonNode value, JsonNode schema) {
        return value.size() <= limit(schema);
    }

    @Override
    public JsonNode broken(JsonNode good, JsonNode schema) {
        return ofSize(limit(schema) + 1, good, schema);
    }

    @Override
    public Optional<JsonNode> edge(JsonNode good, JsonNode schema) {
        return Optional.of(ofSize(limit(schema), good, schema));
    }

    @Override
    public Stream<Complaint> complaints(String field, JsonNode value, JsonNode schema) {
        return Stream.of(new Complaint(
                field,
                "FieldValueTooMany",
                "Too many: " + value.size() + ": must have at most " + limit(schema) + " items"));
    }

    abstract JsonNode ofSize(int size, JsonNode good, JsonNode schema);

    private int limit(JsonNode schema) {
        return schema.get(word).asInt();
    }
}
