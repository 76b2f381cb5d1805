package dev.smartdispatcher.e2e.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Says what the JSON Schema validator found in the words of a real API server. */
final class Wording {
    private static final String OBJECT = "object";

    /** Rules of texts, in the order in which a real API server looks at them: it names the first that is broken. */
    private static final List<String> TEXT = List.of("maxLength", "minLength", "pattern");

    private Wording() {}

    /** All that was found about one field, by a validator of {@code schema}. */
    static List<FieldError> of(List<Error> sameField, JsonNode schema) {
        var types = with(sameField, Set.of("type"));
        if (!types.isEmpty()) {
            // A value of the wrong type breaks other rules too, of which only the choices are named.
            return Stream.concat(
                            wrongType(types, schema),
                            with(sameField, Set.of("enum")).stream().map(Wording::of))
                    .toList();
        }
        var text = TEXT.stream()
                .flatMap(keyword -> with(sameField, Set.of(keyword)).stream())
                .limit(1);
        var others = sameField.stream().filter(error -> !TEXT.contains(error.getKeyword()));
        return Stream.concat(text, others).map(Wording::of).toList();
    }

    private static List<Error> with(List<Error> errors, Set<String> keywords) {
        return errors.stream().filter(e -> keywords.contains(e.getKeyword())).toList();
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
            case "format" -> wrongType(field, error.getInstanceNode().toString(), rule.asText());
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

    private static Stream<FieldError> wrongType(List<Error> errors, JsonNode schema) {
        var error = errors.get(0);
        var field = FieldPath.of(error.getInstanceLocation());
        var format = stated(error, schema).path("format");
        if (format.isTextual() && error.getInstanceNode().isIntegralNumber()) {
            return Stream.of(wrongType(field, "\"int64\"", format.asText()));
        }
        var wanted =
                errors.stream().map(e -> e.getSchemaNode().asText()).distinct().toList();
        var found = "\"" + error.getArguments()[0] + "\"";
        var complaint = wrongType(field, found, String.join(",", wanted));
        if (wanted.size() == 1) {
            return Stream.of(complaint);
        }
        var body = FieldPath.body(field);
        return Stream.of(
                complaint,
                wrongType(field, found, wanted.get(0)),
                FieldError.invalid(
                        body.equals(field) ? "<nil>" : FieldPath.STATUS,
                        "\"\"",
                        "\"" + body + "\" must validate at least one schema (anyOf)"));
    }

    private static FieldError wrongType(String field, String found, String wanted) {
        return new FieldError(
                field,
                FieldError.WRONG_TYPE,
                "Invalid value: " + found + ": " + FieldPath.body(field) + " in body must be of type " + wanted + ": "
                        + found);
    }

    /** The schema in which the broken rule stands. */
    private static JsonNode stated(Error error, JsonNode schema) {
        var path = error.getEvaluationPath().getParent();
        var stated = schema;
        for (int i = 0; i < path.getNameCount(); i++) {
            stated = path.getElement(i) instanceof Integer index ? stated.path(index) : stated.path(path.getName(i));
        }
        return stated;
    }

    private static FieldError invalid(Error error, String rule) {
        var field = FieldPath.of(error.getInstanceLocation());
        return FieldError.invalid(field, shown(error.getInstanceNode()), FieldPath.body(field) + " in body " + rule);
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
