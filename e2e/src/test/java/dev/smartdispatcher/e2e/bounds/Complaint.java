package dev.smartdispatcher.e2e.bounds;

/**
 * One of the causes for which an API server refuses an object.
 *
 * @param field path of the field
 * @param reason one of Kubernetes' {@code FieldValue...} words
 * @param message the sentence, without the path
 */
public record Complaint(String field, String reason, String message) {
    static final String INVALID = "FieldValueInvalid";

    /** A value that breaks a rule, which is written as {@code FIELD in body RULE}. */
    static Complaint invalid(String field, String shown, String rule) {
        return new Complaint(field, INVALID, "Invalid value: " + shown + ": " + field + " in body " + rule);
    }

    @Override
    public String toString() {
        return field + ": " + message + " (" + reason + ")";
    }
}
