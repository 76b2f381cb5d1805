package dev.smartdispatcher.operator.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Where an image has started of late, by worker. Immutable. */
record ImageStarts(Map<String, Instant> last) {
    static final ImageStarts NONE = new ImageStarts(Map.of());
    private static final Duration LATELY = Duration.ofMinutes(10);
    /** Two are enough to know of another one than the one that is asked about. */
    private static final int ENOUGH = 2;

    ImageStarts with(String worker, Instant time) {
        var some = new TreeMap<>(last);
        some.put(worker, time);
        if (some.size() > ENOUGH) {
            some.entrySet().stream()
                    .filter(e -> !e.getKey().equals(worker))
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(oldest -> some.remove(oldest.getKey()));
        }
        return new ImageStarts(some);
    }

    /** Whether it has started on another worker shortly before. */
    boolean elsewhere(String worker, Instant time) {
        return last.entrySet().stream()
                .anyMatch(e ->
                        !e.getKey().equals(worker) && e.getValue().plus(LATELY).isAfter(time));
    }
}
