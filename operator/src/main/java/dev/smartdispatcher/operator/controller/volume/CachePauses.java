package dev.smartdispatcher.operator.controller.volume;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which caches could not be had, and until when nobody tries again: first for a minute, then for twice as long each time, up to an hour.
 * Known to this process alone: another one tries once more. Safe for use by several threads.
 */
final class CachePauses {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Place, Pause> pauses = new ConcurrentHashMap<>();

    /** A namespace on a worker. */
    record Place(String namespace, String worker) {}

    private record Pause(String problem, int failures, Instant until) {}

    CachePauses(Clock clock) {
        this.clock = clock;
    }

    /** Why there is no cache for now, as a sentence; empty if it may be tried. */
    Optional<String> of(Place place) {
        return Optional.ofNullable(pauses.get(place))
                .filter(pause -> clock.instant().isBefore(pause.until()))
                .map(pause ->
                        pause.problem() + "; tried again after " + pause.until().truncatedTo(ChronoUnit.SECONDS));
    }

    /** The cache could not be had. While nobody may try, that is known already. */
    void failed(Place place, String problem) {
        var now = clock.instant();
        pauses.compute(place, (same, before) -> {
            if (before != null && now.isBefore(before.until())) {
                return before;
            }
            int failures = before == null ? 0 : before.failures();
            var pause = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
            return new Pause(problem, failures + 1, now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST));
        });
    }

    /** The cache is there, and pods start with it. */
    void worked(Place place) {
        pauses.remove(place);
    }
}
