package dev.smartdispatcher.operator.reconcile;

/** An object of a name that the operator needs is somebody else's, and not for the operator to take away: the message says why. */
public final class NameConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NameConflictException(String message) {
        super(message);
    }
}
