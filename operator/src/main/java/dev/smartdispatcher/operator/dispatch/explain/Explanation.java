package dev.smartdispatcher.operator.dispatch.explain;

import dev.smartdispatcher.api.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Why a job waits.
 *
 * @param reason in one word
 * @param message for people: the workers counted by reason, and the nearest miss
 * @param counts workers by reason; they add up to the number of workers
 * @param reservedWorker where room is kept for the job
 * @param estimatedStart when enough room there is known to be free
 */
public record Explanation(
        Reason reason,
        String message,
        Map<Reason, Integer> counts,
        Optional<String> reservedWorker,
        Optional<Instant> estimatedStart) {
    public Explanation {
        counts = Map.copyOf(counts);
    }

    /** The same for a job of equal shape further back, for which no room is kept. */
    public Explanation withoutReservation() {
        return reservedWorker.isEmpty()
                ? this
                : new Explanation(reason, message, counts, Optional.empty(), Optional.empty());
    }
}
