package dev.smartdispatcher.e2e.embedded.server;

import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Failures that a test asks for. They meet requests from the network only, not the controllers of this process.
 * Thread-safe.
 */
public final class Faults {
    private static final String INJECTED = "injected by the test";

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<Late> held = new CopyOnWriteArrayList<>();

    /** Refuses the next request that {@code which} picks with {@code status}; it has no effect. */
    public void failNext(Predicate<ApiRequest> which, int status) {
        faults.add(new Fault(which, status, INJECTED, true, false));
    }

    /** Refuses every request that {@code which} picks, until the answer is closed. */
    public Runnable failWhile(Predicate<ApiRequest> which, int status) {
        return failWhile(which, status, INJECTED);
    }

    /** The same in these words. */
    public Runnable failWhile(Predicate<ApiRequest> which, int status, String message) {
        var fault = new Fault(which, status, message, false, false);
        faults.add(fault);
        return () -> faults.remove(fault);
    }

    /** Does the next request that {@code which} picks, and tells the client that it timed out. */
    public void loseNextAnswer(Predicate<ApiRequest> which) {
        loseNextAnswer(which, 504);
    }

    /**
     * Does the next request that {@code which} picks, and tells the client {@code status}: what a client is told that has lost
     * the answer and sent the request again.
     */
    public void loseNextAnswer(Predicate<ApiRequest> which, int status) {
        faults.add(new Fault(which, status, INJECTED, true, true));
    }

    /**
     * Holds up the next request that {@code which} picks, as a network may, and tells the client {@code status}.
     *
     * @return lets it arrive: does it now, if it was held up
     */
    public Late delayNext(Predicate<ApiRequest> which, int status) {
        var late = new Late(which, status);
        held.add(late);
        return late;
    }

    /** Does the next request that {@code which} picks, and keeps a copy of it, which is done as well when it is let arrive. */
    public Late doubleNext(Predicate<ApiRequest> which) {
        return delayNext(which, 0);
    }

    /** What to tell the client of a request that is held up; empty if it is to be done at once. */
    synchronized Optional<ApiException> late(ApiRequest request, Supplier<Answer> work) {
        var found = held.stream().filter(late -> late.which.test(request)).findFirst();
        found.ifPresent(late -> {
            held.remove(late);
            late.work.complete(work);
        });
        return found.filter(late -> late.status > 0)
                .map(late -> new ApiException(late.status, reason(late.status), INJECTED));
    }

    /** The failure to answer in place of doing {@code request}. */
    public synchronized Optional<ApiException> before(ApiRequest request) {
        return take(request, false);
    }

    /** The failure to answer though {@code request} was done. */
    synchronized Optional<ApiException> after(ApiRequest request) {
        return take(request, true);
    }

    private Optional<ApiException> take(ApiRequest request, boolean done) {
        for (Iterator<Fault> each = faults.iterator(); each.hasNext(); ) {
            var fault = each.next();
            if (fault.afterwards == done && fault.which.test(request)) {
                if (fault.once) {
                    faults.remove(fault);
                }
                return Optional.of(new ApiException(fault.status, reason(fault.status), fault.message));
            }
        }
        return Optional.empty();
    }

    private static String reason(int status) {
        return switch (status) {
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "InternalError";
        };
    }

    /** A request that is held up, or will be. */
    public static final class Late {
        private final Predicate<ApiRequest> which;
        private final int status;
        private final CompletableFuture<Supplier<Answer>> work = new CompletableFuture<>();

        private Late(Predicate<ApiRequest> which, int status) {
            this.which = which;
            this.status = status;
        }

        /** Whether there is one. */
        public boolean isHeld() {
            return work.isDone();
        }

        /**
         * Lets it arrive.
         *
         * @return what it is answered, of which nobody learns
         * @throws IllegalStateException if none was held up
         */
        public Answer arrive() {
            if (!isHeld()) {
                throw new IllegalStateException("no request was held up");
            }
            return work.join().get();
        }
    }

    private static final class Fault {
        private final Predicate<ApiRequest> which;
        private final int status;
        private final String message;
        private final boolean once;
        private final boolean afterwards;

        Fault(Predicate<ApiRequest> which, int status, String message, boolean once, boolean afterwards) {
            this.which = which;
            this.status = status;
            this.message = message;
            this.once = once;
            this.afterwards = afterwards;
        }
    }
}
