package dev.smartdispatcher.agent.publish;

/** The API server could not be reached, or refused. Its message is for an administrator. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean kindMissing;
    private final boolean forbidden;

    private ApiException(String message, Throwable cause, boolean kindMissing, boolean forbidden) {
        super(message, cause);
        this.kindMissing = kindMissing;
        this.forbidden = forbidden;
    }

    public ApiException(String message, Throwable cause) {
        this(message, cause, false, false);
    }

    /** The agent lacks a right, by its role or by a policy: an administrator has to see to it. */
    public static ApiException forbidden(String message, Throwable cause) {
        return new ApiException(message, cause, false, true);
    }

    /** The cluster does not know the kind BuildWorker: it will not help to ask again soon. */
    public static ApiException kindMissing(Throwable cause) {
        String message =
                "The cluster does not know the kind BuildWorker of smartdispatcher.dev/v1alpha1: install its CRD."
                        + " The agent keeps trying.";
        return new ApiException(message, cause, true, false);
    }

    boolean isKindMissing() {
        return kindMissing;
    }

    /** Whether it stays as it is until an administrator changes something. */
    boolean needsAdministrator() {
        return kindMissing || forbidden;
    }
}
