package dev.smartdispatcher.operator.controller;

/** An object of a name that the operator needs is somebody else's, and not for the operator to take away: the message says why. */
public final class NameConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean ofOneJob;

    /** @param ofOneJob whether no other job of the namespace needs the name */
    public NameConflictException(boolean ofOneJob, String message) {
        super(message);
        this.ofOneJob = ofOneJob;
    }

    /** Whether no other job of the namespace needs the name. */
    public boolean ofOneJob() {
        return ofOneJob;
    }
}
