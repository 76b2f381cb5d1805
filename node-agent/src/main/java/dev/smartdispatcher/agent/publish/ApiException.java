package dev.smartdispatcher.agent.publish;

/** The API server could not be reached, or refused. Its message is for an administrator. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean kindMissing;

    private ApiException(String message, Throwable cause, boolean kindMissing) {
        super(message, cause);
        this.kindMissing = kindMissing;
    }

    public ApiException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** The cluster does not know the kind BuildWorker: it will not help to ask again soon. */
    public static ApiException kindMissing(Throwable cause) {
        String message =
                "The cluster does not know the kind BuildWorker of smartdispatcher.dev/v1alpha1: install its CRD."
                        + " The agent keeps trying.";
        return new ApiException(message, cause, true);
    }

    boolean isKindMissing() {
        return kindMissing;
    }
}
