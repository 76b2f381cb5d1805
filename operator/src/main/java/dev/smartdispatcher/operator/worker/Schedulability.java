package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a worker takes new jobs.
 *
 * @param closed why it takes none; empty if it does
 * @param message for people, whether it does or not
 * @param draining whether it is being emptied: by the drain annotation, or its Node by a cordon
 * @param endBy a planned maintenance: only what is known to end by then may start
 * @param stopAt when what still runs is stopped: a drain with a deadline
 */
public record Schedulability(
        Optional<Reason> closed, String message, boolean draining, Optional<Instant> endBy, Optional<Instant> stopAt) {

    static Schedulability closed(Reason reason, String message) {
        return new Schedulability(Optional.of(reason), message, false, Optional.empty(), Optional.empty());
    }

    static Schedulability draining(Reason reason, String message, Optional<Instant> stopAt) {
        return new Schedulability(Optional.of(reason), message, true, Optional.empty(), stopAt);
    }

    /** Of a worker whose Node is taken away: what runs goes on for as long as the Node does. */
    static Schedulability terminating(String message) {
        return draining(Reason.NodeTerminating, message, Optional.empty());
    }

    /** Whether the end of its Node was announced. */
    public boolean isTerminating() {
        return closed.filter(Reason.NodeTerminating::equals).isPresent();
    }

    static Schedulability open(String message, Optional<Instant> endBy) {
        return new Schedulability(Optional.empty(), message, false, endBy, Optional.empty());
    }

    /** Whether what still runs is to be stopped by now. */
    public boolean stopsNow(Instant now) {
        return stopAt.filter(at -> !at.isAfter(now)).isPresent();
    }
}
