package dev.smartdispatcher.e2e.raw;

/**
 * One of the causes for which an API server refuses an object.
 *
 * @param field path of the field
 * @param reason one of Kubernetes' {@code FieldValue...} words
 * @param message the sentence, without the path
 */
public record Complaint(String field, String reason, String message) {
    /** CEL is not evaluated on an object of the wrong shape, which the API server says beside what is wrong. */
    private static final String NOT_CHECKED = "some validation rules were not checked because the object was invalid";

    /** Whether it is about a value, rather than about the check. */
    public boolean isAboutValue() {
        return !message.contains(NOT_CHECKED);
    }

    @Override
    public String toString() {
        return field + ": " + message + " (" + reason + ")";
    }
}
