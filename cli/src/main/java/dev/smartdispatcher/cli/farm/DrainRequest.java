package dev.smartdispatcher.cli.farm;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.cli.output.Time;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * That a worker starts no builds any more.
 *
 * @param reason in the administrator's words; not empty
 * @param deadline when what still runs is stopped
 */
public record DrainRequest(String reason, Optional<Instant> deadline) {
    /** The annotations of a worker that is to be drained; a null takes one away. */
    public Map<String, String> annotations() {
        var annotations = new HashMap<String, String>();
        annotations.put(Annotations.DRAIN, reason);
        annotations.put(
                Annotations.DRAIN_DEADLINE, deadline.map(Instant::toString).orElse(null));
        return annotations;
    }

    /** Those of a worker that is not. */
    public static Map<String, String> none() {
        var annotations = new HashMap<String, String>();
        annotations.put(Annotations.DRAIN, null);
        annotations.put(Annotations.DRAIN_DEADLINE, null);
        return annotations;
    }

    /**
     * A time as {@code 2026-12-01T22:00:00Z}, or a length of time from now as {@code 90m}; in whole seconds.
     *
     * @throws IllegalArgumentException if it is neither, or over
     */
    public static Instant deadline(String typed, Instant now) {
        var deadline = time(typed).orElseGet(() -> now.plus(Time.parse(typed)));
        if (!deadline.isAfter(now)) {
            throw new IllegalArgumentException("'" + typed + "' is over: it is " + now.truncatedTo(ChronoUnit.SECONDS));
        }
        return deadline.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Optional<Instant> time(String typed) {
        try {
            return Optional.of(OffsetDateTime.parse(typed).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
