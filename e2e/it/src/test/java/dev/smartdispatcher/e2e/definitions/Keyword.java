package dev.smartdispatcher.e2e.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** A word of the schema that bounds values. */
enum Keyword {
    TYPE("type", (good, schema) -> {
        if (isQuantity(schema)) {
            return BooleanNode.TRUE;
        }
        return schema.path("type").asText().equals("string") ? IntNode.valueOf(7) : TextNode.valueOf("seven");
    }),
    ENUM("enum", (good, schema) -> TextNode.valueOf(good.asText() + "x")),
    /** Only date-time is in use. */
    FORMAT("format", (good, schema) -> TextNode.valueOf("yesterday")),
    /** An amount with one digit too many in the exponent, a time by another clock than UTC, or another first character. */
    PATTERN("pattern", (good, schema) -> {
        if (isQuantity(schema)) {
            return TextNode.valueOf("1e-100");
        }
        return TextNode.valueOf(
                isTime(schema)
                        ? "2026-01-01T00:00:00+00:00"
                        : "!" + good.asText().substring(1));
    }) {
        @Override
        Optional<JsonNode> edge(JsonNode good, JsonNode schema) {
            if (isQuantity(schema)) {
                return Optional.of(TextNode.valueOf("1e-99"));
            }
            return isTime(schema) ? Optional.of(TextNode.valueOf("9999-12-31T23:59:59.999999999Z")) : Optional.empty();
        }
    },
    LIST_TYPE("x-kubernetes-list-type", (good, schema) -> good.<ArrayNode>deepCopy()
            .add(good.get(0))),
    MINIMUM("minimum", -1, (limit, good, schema) -> LongNode.valueOf(limit)),
    MAXIMUM("maximum", 1, (limit, good, schema) -> LongNode.valueOf(limit)),
    MIN_LENGTH("minLength", -1, Sized::text),
    MAX_LENGTH("maxLength", 1, Sized::text),
    MAX_ITEMS("maxItems", 1, Sized::list),
    MAX_PROPERTIES("maxProperties", 1, Sized::map);

    /** Makes a value of which a limit counts the size, from one that keeps all bounds. */
    private interface Measured {
        JsonNode of(long size, JsonNode good, JsonNode schema);
    }

    private final String word;
    private final int outwards;
    private final BinaryOperator<JsonNode> beyond;
    private final Measured measured;

    Keyword(String word, BinaryOperator<JsonNode> beyond) {
        this(word, 0, beyond, null);
    }

    Keyword(String word, int outwards, Measured measured) {
        this(word, outwards, null, measured);
    }

    Keyword(String word, int outwards, BinaryOperator<JsonNode> beyond, Measured measured) {
        this.word = word;
        this.outwards = outwards;
        this.beyond = beyond;
        this.measured = measured;
    }

    /** As in the schema. */
    String word() {
        return word;
    }

    boolean bounds(JsonNode schema) {
        return switch (this) {
            case TYPE -> schema.has(word) || isQuantity(schema);
            case LIST_TYPE -> !schema.path(word).asText("atomic").equals("atomic");
            default -> schema.has(word);
        };
    }

    /** A value just beyond the bound; {@code good} is one that keeps it. */
    JsonNode beyond(JsonNode good, JsonNode schema) {
        return measured == null ? beyond.apply(good, schema) : measured.of(limit(schema) + outwards, good, schema);
    }

    /** The last value that keeps the bound, if there is such a thing. */
    Optional<JsonNode> edge(JsonNode good, JsonNode schema) {
        return Optional.ofNullable(measured).map(of -> of.of(limit(schema), good, schema));
    }

    /** Whether its largest values are large objects. */
    boolean isOfSize() {
        return this == MAX_LENGTH || this == MAX_ITEMS || this == MAX_PROPERTIES;
    }

    static boolean isQuantity(JsonNode schema) {
        return schema.path("x-kubernetes-int-or-string").asBoolean();
    }

    private static boolean isTime(JsonNode schema) {
        return schema.path("format").asText().equals("date-time");
    }

    private long limit(JsonNode schema) {
        return schema.get(word).decimalValue().longValueExact();
    }
}
