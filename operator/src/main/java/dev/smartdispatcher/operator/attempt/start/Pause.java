package dev.smartdispatcher.operator.attempt.start;

import java.time.Duration;

/** Pauses that grow with what has been waited already. */
final class Pause {
    private Pause() {}

    static Duration within(Duration waited, Duration shortest, Duration longest) {
        if (waited.compareTo(shortest) < 0) {
            return shortest;
        }
        return waited.compareTo(longest) > 0 ? longest : waited;
    }
}
