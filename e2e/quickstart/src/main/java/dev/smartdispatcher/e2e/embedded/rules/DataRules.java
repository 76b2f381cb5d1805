package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.schema.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** ConfigMaps and Secrets: valid keys, 1 MiB at most, and no change once {@code immutable}. */
final class DataRules implements KindRules {
    private static final int LARGEST = 1024 * 1024;
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final List<String> DATA = List.of("data", "binaryData");

    @Override
    public List<FieldError> onCreate(ObjectNode object) {
        encodeStringData(object);
        return check(object);
    }

    @Override
    public List<FieldError> onUpdate(JsonNode before, ObjectNode after) {
        encodeStringData(after);
        var errors = new ArrayList<>(check(after));
        if (before.path("immutable").asBoolean()) {
            if (!after.path("immutable").asBoolean()) {
                errors.add(immutable("immutable"));
            }
            DATA.stream()
                    .filter(field -> !before.path(field).equals(after.path(field)))
                    .forEach(field -> errors.add(immutable(field)));
        }
        return errors;
    }

    private static void encodeStringData(ObjectNode object) {
        if (object.remove("stringData") instanceof ObjectNode plain) {
            var data = object.withObjectProperty("data");
            plain.properties()
                    .forEach(entry -> data.put(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static List<FieldError> check(ObjectNode object) {
        var errors = new ArrayList<FieldError>();
        long size = 0;
        for (var field : DATA) {
            for (var entry : object.path(field).properties()) {
                size += entry.getValue().asText().getBytes(StandardCharsets.UTF_8).length;
                if (!KEY.matcher(entry.getKey()).matches()) {
                    errors.add(FieldError.invalid(
                            field + "[" + entry.getKey() + "]",
                            "\"" + entry.getKey() + "\"",
                            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"));
                }
            }
        }
        if (size > LARGEST) {
            errors.add(new FieldError("[]", "FieldValueTooLong", "Too long: may not be more than 1048576 bytes"));
        }
        return errors;
    }

    private static FieldError immutable(String field) {
        return FieldError.forbidden(field, "field is immutable when `immutable` is set");
    }
}
