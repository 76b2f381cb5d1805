package dev.smartdispatcher.e2e.api.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Values that keep a schema's bounds, the bounds themselves more often than chance would have them. */
final class RandomValues {
    private static final List<String> UNITS = List.of(
            "", "n", "u", "m", "k", "Ki", "M", "Mi", "G", "Gi", "T", "Ti", "P", "Pi", "E", "Ei", "e9", "E-9", "e99",
            "e-99", "E+3");

    private static final List<String> AMOUNTS = List.of(
            "0",
            "1",
            "4",
            "4.0",
            ".5",
            "5.",
            "+3",
            "-1",
            "-0",
            "0.001",
            "4503599627370496",
            "99999999999999999999",
            "1234.5678");

    private static final List<String> CHARACTERS = List.of(
            "a",
            "Z",
            "0",
            "-",
            ".",
            "/",
            " ",
            "\u00e9",
            "\u20ac",
            "\ud83d\ude00",
            "\"",
            "\\",
            "\n",
            "\u0000",
            "%",
            "{",
            "$(x)");

    private static final List<String> TIMES = List.of(
            "0000-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2026-12-31T23:59:59.999999999Z",
            "9999-12-31T23:59:59Z");

    /** Longer texts are for {@code ExtremesApiIT}: ten thousand objects of 32 KiB would be about the disk. */
    private static final int LONG = 300;

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /** A value; {@code good} is one that keeps the bounds, and is kept where nothing better is known. */
    JsonNode of(JsonNode schema, JsonNode good) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return quantity(schema);
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> whole(schema);
            case "boolean" -> BooleanNode.valueOf(random.nextBoolean());
            case "string" -> text(schema, good);
            case "array" -> list(schema, good);
            case "object" -> fewer(schema, good);
            default -> good;
        };
    }

    private JsonNode quantity(JsonNode schema) {
        if (random.nextInt(4) == 0) {
            return whole(schema);
        }
        var text = one(AMOUNTS) + one(UNITS);
        return TextNode.valueOf(text.matches(schema.path("pattern").asText()) ? text : "1");
    }

    private JsonNode whole(JsonNode schema) {
        long least = schema.get("minimum").decimalValue().longValueExact();
        long most = schema.get("maximum").decimalValue().longValueExact();
        return LongNode.valueOf(
                switch (random.nextInt(4)) {
                    case 0 -> least;
                    case 1 -> most;
                    case 2 -> Math.min(most, Math.max(least, random.nextInt(8)));
                    default -> least + (long) (random.nextDouble() * (most - least));
                });
    }

    private JsonNode text(JsonNode schema, JsonNode good) {
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        if (schema.path("format").asText().equals("date-time")) {
            return TextNode.valueOf(
                    random.nextBoolean()
                            ? one(TIMES)
                            : Instant.now().plusSeconds(random.nextInt()).toString());
        }
        if (schema.has("pattern")) {
            return good;
        }
        int most = Math.min(LONG, schema.path("maxLength").asInt(LONG));
        int length = Math.max(
                schema.path("minLength").asInt(),
                random.nextInt(4) == 0 ? most : random.nextInt(Math.min(most, 12) + 1));
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(one(CHARACTERS));
        }
        // Counted by code points by the API server, by Java's two chars here: on the safe side.
        return TextNode.valueOf(
                text.length() > length
                        ? text.substring(
                                0, text.offsetByCodePoints(0, Math.min(length, text.codePointCount(0, text.length()))))
                        : text.toString());
    }

    /** Some of the good items, each with another value or two. */
    private JsonNode list(JsonNode schema, JsonNode good) {
        var list = ((ArrayNode) good.deepCopy()).removeAll();
        good.forEach(item -> {
            if (random.nextInt(3) > 0) {
                list.add(random.nextBoolean() ? item : of(schema.get("items"), item));
            }
        });
        return list;
    }

    /** Without some of the fields that are not required, and others with other values. */
    private JsonNode fewer(JsonNode schema, JsonNode good) {
        var object = (ObjectNode) good.deepCopy();
        good.fieldNames().forEachRemaining(name -> {
            var field = schema.path("properties").path(name);
            if (random.nextInt(4) == 0 && !isRequired(schema, name)) {
                object.remove(name);
            } else if (random.nextInt(3) == 0 && !field.isMissingNode()) {
                object.set(name, of(field, good.get(name)));
            }
        });
        return object;
    }

    private static boolean isRequired(JsonNode schema, String name) {
        for (var required : schema.path("required")) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
