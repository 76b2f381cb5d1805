package dev.smartdispatcher.operator.controller.refusal;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Namespaces that refuse what their jobs need. One job at a time probes, after ever longer pauses, and the others wait for it, so
 * that it costs the same however many they are. A probe that succeeds lets two start, these four, until the namespace is as
 * free as any other: a quota that leaves room for one more is not asked a hundred times for it. A job that was refused lets
 * others probe first. Safe for use by several threads.
 */
public final class NamespaceHolds {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A namespace of which so many start at once is free. */
    static final int FREE = 32;
    /** A try without an answer for so long has failed for another reason. */
    static final Duration FORGOTTEN = Duration.ofMinutes(1);

    /** For so long a refused job steps back, while there are others that have not been refused. */
    static final Duration STEP_BACK = Duration.ofMinutes(10);

    private final Map<String, Hold> holds = new HashMap<>();

    private static final class Hold {
        private Optional<Published> published = Optional.empty();
        private int window = 1;
        private Duration pause = Duration.ZERO;
        private Instant next = Instant.MIN;
        private final Map<String, Instant> trying = new HashMap<>();
        private final Map<String, Instant> stepBack = new HashMap<>();
    }

    /**
     * The namespace refuses what a job needs.
     *
     * @param published the reason of its jobs, for as long as the reason is the same: the words name a pod, and how much is used,
     *     and those of each probe would be written to all
     */
    public synchronized void refused(String namespace, String jobUid, Published published, Instant now) {
        var hold = holds.computeIfAbsent(namespace, n -> new Hold());
        if (hold.published
                .filter(before -> before.reason() == published.reason())
                .isEmpty()) {
            hold.published = Optional.of(published);
        }
        if (hold.trying.remove(jobUid) != null || hold.pause.isZero()) {
            pause(hold, now);
        }
        hold.stepBack.values().removeIf(until -> !now.isBefore(until));
        hold.stepBack.put(jobUid, now.plus(STEP_BACK));
    }

    /** What a job of the namespace needs could not be written, and is asked for again: it may be over in a moment. */
    public synchronized void failing(String namespace, String jobUid, Instant now) {
        var hold = holds.computeIfAbsent(namespace, n -> new Hold());
        hold.trying.put(jobUid, now);
        if (hold.pause.isZero() || !now.isBefore(hold.next)) {
            pause(hold, now);
        }
    }

    private static void pause(Hold hold, Instant now) {
        hold.window = 1;
        hold.pause = hold.pause.isZero() ? FIRST_PAUSE : shorter(hold.pause.multipliedBy(2), LONGEST_PAUSE);
        hold.next = now.plus(hold.pause);
    }

    /** What a job of the namespace needs was written. */
    public synchronized void accepted(String namespace, String jobUid, Instant now) {
        var hold = holds.get(namespace);
        // What was on its way when the namespace began to refuse says nothing of now.
        if (hold != null && hold.trying.remove(jobUid) != null) {
            hold.window *= 2;
            ease(hold, now, Duration.ZERO);
            if (hold.window > FREE || hold.published.isEmpty()) {
                holds.remove(namespace);
            }
        }
    }

    /** A build of the namespace has ended: its quota may have room again in a moment. */
    public synchronized void ended(String namespace, Instant now) {
        var hold = holds.get(namespace);
        if (hold != null
                && hold.published
                        .filter(t -> t.reason() == Reason.QuotaExceeded)
                        .isPresent()) {
            ease(hold, now, FIRST_PAUSE);
        }
    }

    private static void ease(Hold hold, Instant now, Duration after) {
        hold.pause = FIRST_PAUSE;
        if (hold.next.isAfter(now.plus(after))) {
            hold.next = now.plus(after);
        }
        hold.stepBack.clear();
    }

    /** A job of the namespace is about to ask. */
    public synchronized void trying(String namespace, String jobUid, Instant now) {
        Optional.ofNullable(holds.get(namespace)).ifPresent(hold -> hold.trying.put(jobUid, now));
    }

    /** A job that was about to ask does not. */
    public synchronized void gaveUp(String namespace, String jobUid) {
        Optional.ofNullable(holds.get(namespace)).ifPresent(hold -> hold.trying.remove(jobUid));
    }

    /**
     * Whether a job may ask now: a namespace that is known to refuse is asked only by those that probe. An attempt may have been
     * decided before that was known.
     */
    public synchronized boolean mayAsk(String namespace, String jobUid) {
        var hold = holds.get(namespace);
        return hold == null || hold.published.isEmpty() || hold.trying.containsKey(jobUid);
    }

    /** How many jobs of the namespace may begin to ask now. */
    public synchronized int allowance(String namespace, Instant now) {
        var hold = holds.get(namespace);
        if (hold == null) {
            return Integer.MAX_VALUE;
        }
        hold.trying.values().removeIf(since -> !now.isBefore(since.plus(FORGOTTEN)));
        return now.isBefore(hold.next) && hold.next.isBefore(now.plus(LONGEST_PAUSE.multipliedBy(2)))
                ? 0
                : Math.max(0, hold.window - hold.trying.size());
    }

    /** Whether a job that was refused lets others probe first. */
    public synchronized boolean stepsBack(String namespace, String jobUid, Instant now) {
        var hold = holds.get(namespace);
        return hold != null
                && Optional.ofNullable(hold.stepBack.get(jobUid))
                        .filter(now::isBefore)
                        .isPresent();
    }

    /** All jobs of the namespace that could probe have been refused: they have their turns again. */
    public synchronized void newCycle(String namespace) {
        Optional.ofNullable(holds.get(namespace)).ifPresent(hold -> hold.stepBack.clear());
    }

    /** The reason of the jobs of the namespace; empty if there is none, or if it refuses nothing. */
    public synchronized Optional<Published> published(String namespace) {
        return Optional.ofNullable(holds.get(namespace)).flatMap(hold -> hold.published);
    }

    /** When the next job of some namespace may begin to ask; empty if that does not wait for time to pass. */
    public synchronized Optional<Instant> next(Instant now) {
        return holds.values().stream()
                .map(hold -> hold.next)
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /**
     * Forgets namespaces of which nobody has asked though they might have for long: their jobs are gone, and perhaps the namespaces
     * themselves.
     */
    public synchronized void forgetIdle(Instant now) {
        holds.values().removeIf(hold -> {
            hold.trying.values().removeIf(since -> !now.isBefore(since.plus(FORGOTTEN)));
            return hold.trying.isEmpty() && !now.isBefore(hold.next.plus(STEP_BACK));
        });
    }

    /** The namespaces that refuse, or did a moment ago. */
    public synchronized Set<String> namespaces() {
        return Set.copyOf(holds.keySet());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
