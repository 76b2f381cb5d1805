package dev.smartdispatcher.agent.advise;

/** Why there is no advice, or why it was not written: one line for the person who asked. */
public final class AdviseException extends Exception {
    private static final long serialVersionUID = 1L;

    public AdviseException(String message) {
        super(message);
    }

    public AdviseException(String message, Throwable cause) {
        super(message, cause);
    }
}
