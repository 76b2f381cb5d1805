package dev.smartdispatcher.operator.controller.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long the published amounts of workers have been behind the true ones. They may be so for a moment: on a busy worker,
 * where builds begin and end all the time, one write then covers many. Safe for use by several threads.
 */
final class WriteThrottle {
    /** Amounts may be this old. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private final Clock clock;
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    WriteThrottle(Clock clock) {
        this.clock = clock;
    }

    /** The amounts of this worker differ from those published: how long that may still stay so; zero if no longer. */
    Duration left(String worker) {
        var now = clock.instant();
        // The clock may have been set back.
        var first = since.compute(worker, (name, then) -> then == null || then.isAfter(now) ? now : then);
        var due = first.plus(LONGEST);
        return now.isBefore(due) ? Duration.between(now, due) : Duration.ZERO;
    }

    /** What is published of this worker is true, or will be with the write under way. */
    void none(String worker) {
        since.remove(worker);
    }
}
