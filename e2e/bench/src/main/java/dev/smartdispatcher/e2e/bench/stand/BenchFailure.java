package dev.smartdispatcher.e2e.bench.stand;

/** A benchmark that cannot go on; the message is the one line that its user reads. */
public final class BenchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchFailure(String message) {
        super(message);
    }

    public BenchFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
