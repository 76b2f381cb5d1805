package dev.smartdispatcher.operator.controller.refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * When statuses that were not written are tried again. What the API server refuses it may refuse for ever, so the
 * pauses grow; what was written over meanwhile is not sent again before a cache shows the job as another one. Safe for use by
 * several threads.
 */
public final class PublishPauses {
    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(2);

    private final Map<String, Failure> failures = new ConcurrentHashMap<>();

    /** @param version of the job, by which the write was overtaken; empty if it was refused, whatever the version */
    private record Failure(String version, Instant at, Duration pause) {}

    /** The write was refused, or there was no answer. */
    public void refused(String uid, Instant now) {
        failures.compute(uid, (u, before) -> new Failure("", now, pause(before)));
    }

    private static Duration pause(Failure before) {
        if (before == null || !before.version.isEmpty()) {
            return FIRST;
        }
        var twice = before.pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    /** The job is another one by now than this version, or gone. */
    public void overtaken(String uid, String version, Instant now) {
        failures.put(uid, new Failure(version, now, FIRST));
    }

    /** The status is written. */
    public void published(String uid) {
        failures.remove(uid);
    }

    /** Whether it is not to be tried now with this version of the job. */
    public boolean holds(String uid, String version, Instant now) {
        var failure = failures.get(uid);
        return failure != null
                && (failure.version.isEmpty() || failure.version.equals(version))
                && !now.isBefore(failure.at)
                && now.isBefore(failure.at.plus(failure.pause));
    }

    /** Forgets what is known of jobs that wait no longer. */
    public void keepOnly(Predicate<String> waits) {
        failures.keySet().removeIf(waits.negate());
    }
}
