package dev.smartdispatcher.operator.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * An attempt that ended and says something of its worker.
 *
 * @param job UID of the job
 * @param number of the attempt
 * @param worker name of the worker
 * @param packageName with the namespace: the same name elsewhere is another package
 * @param image what identifies the image that was to start
 * @param dispatched when the attempt was allocated
 * @param ran how long its container ran; empty if it did not start
 * @param end when it ended, in whole seconds
 * @param text for people: which job it was and how it ended
 */
public record Ending(
        String job,
        int number,
        String worker,
        String packageName,
        String image,
        Instant dispatched,
        Optional<Duration> ran,
        Instant end,
        Verdict verdict,
        String text) {
    /** The order in which endings count, the same for every process that reads them. */
    public static final Comparator<Ending> ORDER =
            Comparator.comparing(Ending::end).thenComparing(Ending::job).thenComparing(Ending::number);
}
