package dev.smartdispatcher.e2e.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Says what the JSON Schema validator found in the words of a real API server. */
final class Wording {
    private static final String OBJECT = "object";

    private Wording() {}

    /** All that was found about one field. */
    static List<FieldError> of(List<Error> sameField) {
        var types =
                sameField.stream().filter(e -> "type".equals(e.getKeyword())).toList();
        // A value of the wrong type breaks other rules too; and anyOf complains once for each type that it allows.
        return types.isEmpty() ? sameField.stream().map(Wording::of).toList() : List.of(wrongType(types));
    }

    private static FieldError of(Error error) {
        var field = FieldPath.of(error.getInstanceLocation());
        var rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> FieldError.required(FieldPath.field(field, error.getProperty()), "");
            case "enum" ->
                new FieldError(
                        field,
                        FieldError.UNSUPPORTED,
                        "Unsupported value: " + shown(error.getInstanceNode()) + ": supported values: " + sorted(rule));
            case "maximum" -> invalid(error, "should be less than or equal to " + number(rule));
            case "minimum" -> invalid(error, "should be greater than or equal to " + number(rule));
            case "exclusiveMaximum" -> invalid(error, "should be less than " + number(rule));
            case "exclusiveMinimum" -> invalid(error, "should be greater than " + number(rule));
            case "multipleOf" -> invalid(error, "should be a multiple of " + number(rule));
            case "pattern" -> invalid(error, "should match '" + rule.asText() + "'");
            case "format" -> invalid(error, "must be of type " + rule.asText() + ": " + error.getInstanceNode());
            case "minLength" -> invalid(error, "should be at least " + number(rule) + " chars long");
            case "maxLength" ->
                new FieldError(field, FieldError.TOO_LONG, "Too long: may not be more than " + number(rule) + " bytes");
            case "minItems" -> invalid(error, "should have at least " + number(rule) + " items");
            case "maxItems" ->
                new FieldError(
                        field,
                        FieldError.TOO_MANY,
                        "Too many: " + error.getInstanceNode().size() + ": must have at most " + number(rule)
                                + " items");
            case "minProperties" -> invalid(error, "should have at least " + number(rule) + " properties");
            case "maxProperties" ->
                new FieldError(
                        field,
                        FieldError.TOO_MANY,
                        "Too many: " + error.getInstanceNode().size() + ": must have at most " + number(rule)
                                + " items");
            default -> FieldError.invalid(field, shown(error.getInstanceNode()), error.getMessage());
        };
    }

    private static FieldError wrongType(List<Error> errors) {
        var error = errors.get(0);
        var field = FieldPath.of(error.getInstanceLocation());
        var wanted =
                errors.stream().map(e -> e.getSchemaNode().asText()).distinct().collect(Collectors.joining(","));
        var found = "\"" + error.getArguments()[0] + "\"";
        return new FieldError(
                field,
                FieldError.WRONG_TYPE,
                "Invalid value: " + found + ": " + field + " in body must be of type " + wanted + ": " + found);
    }

    private static FieldError invalid(Error error, String rule) {
        var field = FieldPath.of(error.getInstanceLocation());
        return FieldError.invalid(field, shown(error.getInstanceNode()), field + " in body " + rule);
    }

    private static String shown(JsonNode value) {
        return value.isContainerNode() ? "\"" + (value.isObject() ? OBJECT : "array") + "\"" : value.toString();
    }

    /** 19 for the 19.0 that CRD generators write. */
    private static String number(JsonNode rule) {
        return rule.decimalValue().stripTrailingZeros().toPlainString();
    }

    private static String sorted(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::toString)
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", "));
    }
}
