package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.schema.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the metadata of any object must be: a name that DNS allows, labels short enough, owners that are fully named. */
public final class MetadataRules {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int LARGEST_ANNOTATIONS = 256 * 1024;
    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(DNS_LABEL + "(\\." + DNS_LABEL + ")*");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern LABEL_KEY =
            Pattern.compile("([a-z0-9.-]{1,253}/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final List<String> OWNER_FIELDS = List.of("apiVersion", "kind", "name", "uid");

    private MetadataRules() {}

    /** What is wrong with the metadata of {@code object}; empty if nothing is. */
    public static List<FieldError> errorsOf(JsonNode object) {
        var meta = Meta.of(object);
        var errors = new ArrayList<FieldError>();
        name(meta.name(), errors);
        labels(meta.labels(), errors);
        annotations(meta.field("annotations"), errors);
        owners(meta.ownerReferences(), errors);
        return errors;
    }

    private static void name(String name, List<FieldError> errors) {
        if (name.length() > LONGEST_NAME) {
            errors.add(invalid("metadata.name", name, "must be no more than 253 bytes"));
        }
        if (!NAME.matcher(name).matches()) {
            errors.add(invalid(
                    "metadata.name",
                    name,
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character"));
        }
    }

    private static void labels(JsonNode labels, List<FieldError> errors) {
        labels.properties().forEach(label -> {
            var value = label.getValue().asText();
            var shortKey = label.getKey().substring(label.getKey().lastIndexOf('/') + 1);
            if (shortKey.length() > LONGEST_LABEL
                    || !LABEL_KEY.matcher(label.getKey()).matches()) {
                errors.add(invalid("metadata.labels", label.getKey(), "name part must be a valid label key"));
            }
            if (value.length() > LONGEST_LABEL) {
                errors.add(invalid("metadata.labels", value, "must be no more than 63 bytes"));
            } else if (!LABEL_VALUE.matcher(value).matches()) {
                errors.add(invalid(
                        "metadata.labels",
                        value,
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                                + " and must start and end with an alphanumeric character"));
            }
        });
    }

    private static void annotations(JsonNode annotations, List<FieldError> errors) {
        long size = 0;
        for (var annotation : annotations.properties()) {
            size += annotation.getKey().length();
            size += annotation.getValue().asText().getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > LARGEST_ANNOTATIONS) {
            errors.add(new FieldError(
                    "metadata.annotations", "FieldValueTooLong", "Too long: may not be more than 262144 bytes"));
        }
    }

    private static void owners(JsonNode owners, List<FieldError> errors) {
        for (int i = 0; i < owners.size(); i++) {
            for (var field : OWNER_FIELDS) {
                if (owners.get(i).path(field).asText("").isEmpty()) {
                    errors.add(FieldError.required(
                            "metadata.ownerReferences[" + i + "]." + field, field + " must not be empty"));
                }
            }
        }
    }

    private static FieldError invalid(String field, String value, String rule) {
        return FieldError.invalid(field, "\"" + value + "\"", rule);
    }
}
