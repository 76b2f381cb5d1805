package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.Annotations;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker's annotations say about maintenance.
 *
 * @param reason why it is drained, in the administrator's words; empty if it is not drained
 * @param deadline when maintenance begins
 * @param problem what is wrong with the annotations, if something is
 */
record Drain(Optional<String> reason, Optional<Instant> deadline, Optional<String> problem) {

    static Drain of(Map<String, String> annotations) {
        var reason = Optional.ofNullable(annotations.get(Annotations.DRAIN));
        var deadline = annotations.get(Annotations.DRAIN_DEADLINE);
        if (deadline == null) {
            return new Drain(reason, Optional.empty(), Optional.empty());
        }
        try {
            return new Drain(reason, Optional.of(OffsetDateTime.parse(deadline).toInstant()), Optional.empty());
        } catch (DateTimeParseException e) {
            return new Drain(
                    reason,
                    Optional.empty(),
                    Optional.of("annotation " + Annotations.DRAIN_DEADLINE + ": '" + deadline
                            + "' is not a time such as 2026-12-01T22:00:00Z"));
        }
    }
}
