package dev.smartdispatcher.e2e.raw;

/**
 * One of the causes for which an API server refuses an object.
 *
 * @param field path of the field
 * @param reason one of Kubernetes' {@code FieldValue...} words
 * @param message the sentence, without the path
 */
public record Complaint(String field, String reason, String message) {
    public static final String INVALID = "FieldValueInvalid";
    public static final String WRONG_TYPE = "FieldValueTypeInvalid";

    /** CEL is not evaluated on an object of the wrong shape, which the API server says beside what is wrong. */
    private static final String NOT_CHECKED = "some validation rules were not checked because the object was invalid";

    private static final String STATUS = "status";

    /** A value that breaks a rule, which is written as {@code FIELD in body RULE}. */
    public static Complaint invalid(String field, String shown, String rule) {
        return inBody(field, INVALID, shown, rule);
    }

    /** A value of the wrong type. */
    public static Complaint wrongType(String field, String shown, String type) {
        return inBody(field, WRONG_TYPE, shown, "must be of type " + type + ": " + shown);
    }

    /** The path as the validator of a schema has it, which is handed a status alone. */
    public static String body(String field) {
        return field.equals(STATUS)
                ? ""
                : field.startsWith(STATUS + ".") ? field.substring(STATUS.length() + 1) : field;
    }

    /** Whether it is about a value, rather than about the check. */
    public boolean isAboutValue() {
        return !message.contains(NOT_CHECKED);
    }

    private static Complaint inBody(String field, String reason, String shown, String rule) {
        return new Complaint(field, reason, "Invalid value: " + shown + ": " + body(field) + " in body " + rule);
    }

    @Override
    public String toString() {
        return field + ": " + message + " (" + reason + ")";
    }
}
