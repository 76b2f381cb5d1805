package dev.smartdispatcher.e2e.process;

/** A server did not come up, or ended by itself. The message is one line that says which and why. */
public final class ServerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ServerFailedException(String message) {
        super(message);
    }
}
