package dev.smartdispatcher.e2e.embedded.schema;

/**
 * One complaint about one field, as in the {@code causes} of an {@code Invalid} status.
 *
 * @param field path of the field, as {@code spec.env[0].name}
 * @param reason one of Kubernetes' {@code FieldValue…} words
 * @param detail the sentence, without the path
 */
public record FieldError(String field, String reason, String detail) {
    static final String REQUIRED = "FieldValueRequired";
    static final String INVALID = "FieldValueInvalid";
    static final String DUPLICATE = "FieldValueDuplicate";

    /** The field must be given. */
    public static FieldError required(String field, String detail) {
        return new FieldError(field, REQUIRED, detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    /** The field's value breaks a rule; {@code value} as JSON. */
    public static FieldError invalid(String field, String value, String detail) {
        return new FieldError(field, INVALID, "Invalid value: " + value + ": " + detail);
    }

    /** The field may not be so here. */
    public static FieldError forbidden(String field, String detail) {
        return new FieldError(field, "FieldValueForbidden", "Forbidden: " + detail);
    }

    @Override
    public String toString() {
        return field + ": " + detail;
    }
}
