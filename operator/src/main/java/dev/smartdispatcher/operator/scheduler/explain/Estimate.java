package dev.smartdispatcher.operator.scheduler.explain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a job is expected to start, as a status tells it: estimates change all the time, and a write is worth more than a second. */
public final class Estimate {
    private static final Duration EXACT = Duration.ofMinutes(1);
    /** What is far away need not be told more exactly than to this part. */
    private static final int PART = 10;

    private Estimate() {}

    /**
     * Whether one estimate says about the same as another: they differ by a minute at most, or by a tenth of the time until
     * then. One that has passed says "any moment now" as one of now does.
     */
    public static boolean isAbout(Optional<Instant> published, Optional<Instant> found, Instant now) {
        if (published.isEmpty() || found.isEmpty()) {
            return published.isEmpty() == found.isEmpty();
        }
        var before = Duration.between(now, published.get());
        var after = Duration.between(now, found.get());
        var difference = positive(before).minus(positive(after)).abs();
        var tenth = positive(after).dividedBy(PART);
        return difference.compareTo(tenth.compareTo(EXACT) > 0 ? tenth : EXACT) <= 0;
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
