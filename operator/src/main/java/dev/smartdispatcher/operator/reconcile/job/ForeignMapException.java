package dev.smartdispatcher.operator.reconcile.job;

/** A ConfigMap that a pod would mount is not what the operator made it, and cannot be replaced: the message says why. */
final class ForeignMapException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForeignMapException(String message) {
        super(message);
    }
}
