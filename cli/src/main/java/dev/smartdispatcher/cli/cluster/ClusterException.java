package dev.smartdispatcher.cli.cluster;

/** Something that the cluster does not have, does not allow or does not answer. Its message is for users. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private ClusterException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** What the user has to see to. */
    public static ClusterException of(String message) {
        return new ClusterException(message, false, null);
    }

    /** What the API server refused. */
    static ClusterException refused(String message, Throwable cause) {
        return new ClusterException(message, false, cause);
    }

    /** The API server does not answer, or not now. */
    static ClusterException away(String message, Throwable cause) {
        return new ClusterException(message, true, cause);
    }

    /** Whether asking again may help. */
    public boolean isPassing() {
        return passing;
    }
}
