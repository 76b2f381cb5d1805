package dev.smartdispatcher.e2e.chaos;

/** A run that cannot be; the message is the one line that its user reads. */
final class ChaosFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChaosFailure(String message) {
        super(message);
    }

    ChaosFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
