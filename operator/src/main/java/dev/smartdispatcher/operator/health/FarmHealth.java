package dev.smartdispatcher.operator.health;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which workers are suspect, quarantined or on trial. Suspicion is what the {@link HealthBook} reads from endings; quarantines are
 * begun here, each as long again as the one before, and end by a trial. Safe for use by several threads.
 */
public final class FarmHealth {
    static final Duration FIRST = Duration.ofMinutes(10);
    static final Duration LONGEST = Duration.ofHours(24);

    /** A quarantine is forgotten by one level in so long. */
    private static final Duration FORGOTTEN = Duration.ofHours(24);

    /** So soon after its begin a quarantine ends if it turns out that builds fail everywhere. */
    private static final Duration RECONSIDERED = Duration.ofMinutes(5);

    private static final int MOST_DOUBLINGS = 8;
    /** One worker in so many may be quarantined, and one in any case. */
    private static final int PART = 10;
    /** If more than one in so many of the others are suspect, it is not the worker. */
    private static final int OUTAGE_PART = 3;

    private final HealthBook book = new HealthBook();
    /** By worker, what is true since the last look. */
    private final Map<String, Known> known = new HashMap<>();

    private record Known(Subject subject, Quarantine quarantine, Instant trusted, Suspicion suspicion) {}

    /**
     * A worker that is looked at.
     *
     * @param machineSince since when it is this machine: what was before says nothing of it
     * @param recorded what its status says
     * @param failsChecks whether a check failed since a trial began
     */
    public record Subject(
            String name,
            String uid,
            Instant machineSince,
            HealthAnnotations annotations,
            Quarantine recorded,
            Predicate<Instant> failsChecks) {}

    /** Takes in what is known when the operator starts. */
    public synchronized void addAll(Collection<Ending> endings) {
        book.addAll(endings);
    }

    /** An attempt ended. Returns the workers of which something else may be true now. */
    public synchronized Set<String> add(Ending ending) {
        return book.add(ending);
    }

    public synchronized void forgetJob(String uid) {
        book.forgetJob(uid);
    }

    public synchronized void forgetWorker(String name) {
        book.forgetWorker(name);
        known.remove(name);
    }

    /**
     * Whether an attempt that failed on the worker is excused: it is suspect, quarantined or on trial, and not exempt, as of
     * the last look.
     */
    public synchronized boolean excuses(String worker, Instant now) {
        var before = known.get(worker);
        if (before == null) {
            return book.suspicion(worker, Instant.MIN, now).isSuspect();
        }
        return !before.subject().annotations().never()
                && (before.quarantine().inForce()
                        || book.suspicion(worker, before.trusted(), now).isSuspect());
    }

    /** How a worker stands now. What only time, endings and administrators change has changed by then. */
    public synchronized Standing look(Subject subject, Instant now) {
        var before = known.get(subject.name());
        var quarantine = before == null || !before.subject().uid().equals(subject.uid())
                ? subject.recorded()
                : before.quarantine();
        quarantine = followed(pardoned(quarantine, subject, now), subject, now);
        var trusted = latest(
                subject.machineSince(), subject.annotations().trustedSince(), Optional.ofNullable(quarantine.passed()));
        var suspicion = book.suspicion(subject.name(), trusted, now);
        if (!quarantine.inForce()) {
            quarantine = quarantine.withEvidence(suspicion.isSuspect() ? suspicion.evidence() : List.of());
        }
        known.put(subject.name(), new Known(subject, quarantine, trusted, suspicion));
        return standing(quarantine, suspicion, subject, now);
    }

    /** The workers that would be quarantined now, the worst first, but for the bounds of {@link #quarantine}. */
    public synchronized List<String> guilty() {
        return known.entrySet().stream()
                .filter(e -> isGuilty(e.getValue()))
                .sorted((a, b) -> Double.compare(
                        b.getValue().suspicion().strength(),
                        a.getValue().suspicion().strength()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isGuilty(Known worker) {
        return worker.suspicion().isGuilty()
                && !worker.quarantine().inForce()
                && !worker.subject().annotations().never();
    }

    /**
     * Begins the quarantine of a worker that is {@link #guilty}, unless too many are quarantined, or builds fail so often elsewhere, or
     * so many others are suspect, that it can hardly be the worker.
     *
     * @param dispensable whether every waiting job could go elsewhere
     * @return what it looks like; empty if it is not quarantined
     */
    public synchronized Optional<Suspicion.Fault> quarantine(
            String worker, Predicate<String> dispensable, Instant now) {
        var found = known.get(worker);
        long inForce =
                known.values().stream().filter(k -> k.quarantine().inForce()).count();
        long suspect = known.entrySet().stream()
                .filter(e ->
                        !e.getKey().equals(worker) && !e.getValue().quarantine().inForce())
                .filter(e -> e.getValue().suspicion().isSuspect())
                .count();
        if (found == null
                || !isGuilty(found)
                || inForce + 1 > Math.max(1, known.size() / PART)
                || suspect * OUTAGE_PART > known.size() - 1
                || book.isOutage(worker)
                || !dispensable.test(worker)) {
            return Optional.empty();
        }
        // Later than what is trusted, by whichever clock: what began before that is void.
        var begin = latest(now, Optional.of(found.trusted().plusSeconds(1)), Optional.empty());
        var begun = begun(found.quarantine(), found.suspicion().evidence(), begin);
        known.put(worker, new Known(found.subject(), begun, found.trusted(), found.suspicion()));
        return Optional.of(found.suspicion().fault());
    }

    /** The number of workers that stand so as of the last looks. */
    public synchronized int count(boolean quarantined) {
        return (int) known.values().stream()
                .filter(k -> quarantined
                        ? k.quarantine().inForce()
                        : !k.quarantine().inForce() && k.suspicion().isSuspect())
                .count();
    }

    private static Quarantine begun(Quarantine before, List<String> evidence, Instant now) {
        var since = now.truncatedTo(ChronoUnit.SECONDS);
        int level = Math.min(Quarantine.HIGHEST_LEVEL, level(before, now) + 1);
        var length = FIRST.multipliedBy(1L << Math.min(MOST_DOUBLINGS, level - 1));
        return before.with()
                .since(since)
                .until(since.plus(length.compareTo(LONGEST) < 0 ? length : LONGEST))
                .level(level)
                .evidence(evidence)
                .build();
    }

    /** An administrator has ended it, or the machine is another one. */
    private static Quarantine pardoned(Quarantine quarantine, Subject subject, Instant now) {
        if (quarantine.since() == null && quarantine.passed() == null) {
            return quarantine;
        }
        var since = quarantine.since() == null ? quarantine.passed() : quarantine.since();
        var trusted = latest(subject.machineSince(), subject.annotations().trustedSince(), Optional.empty());
        return !since.isAfter(trusted)
                        || quarantine.inForce() && subject.annotations().never()
                ? Quarantine.NONE
                : quarantine;
    }

    /** A trial is over, or a quarantine has been forgotten. */
    private Quarantine followed(Quarantine quarantine, Subject subject, Instant now) {
        if (quarantine.inForce()) {
            if (now.isBefore(quarantine.since().plus(RECONSIDERED)) && book.isOutage(subject.name())) {
                return ended(quarantine, level(quarantine, now) - 1, now);
            }
            if (now.isBefore(quarantine.until())) {
                return quarantine;
            }
            var trial = book.trial(subject.name(), quarantine.until());
            if (trial == Trial.Failed || subject.failsChecks().test(quarantine.until())) {
                return begun(quarantine, quarantine.evidence(), now);
            }
            return trial == Trial.Passed ? ended(quarantine, level(quarantine, now), now) : quarantine;
        }
        return quarantine.passed() != null
                        && quarantine.passed().plus(FORGOTTEN).isBefore(now)
                        && level(quarantine, now) == 0
                ? Quarantine.NONE
                : quarantine;
    }

    private static Quarantine ended(Quarantine quarantine, int level, Instant now) {
        return quarantine
                .with()
                .since(null)
                .until(null)
                .level(level)
                .passed(now.truncatedTo(ChronoUnit.SECONDS))
                .evidence(List.of())
                .build();
    }

    /** The level that counts now. A day of health takes one off; a quarantine that is in force takes none. */
    private static int level(Quarantine quarantine, Instant now) {
        int recorded = quarantine.level() == null ? 0 : quarantine.level();
        if (quarantine.inForce() || quarantine.passed() == null) {
            return recorded;
        }
        long days = Math.max(0, Duration.between(quarantine.passed(), now).dividedBy(FORGOTTEN));
        return (int) Math.max(0, recorded - days);
    }

    private Standing standing(Quarantine quarantine, Suspicion suspicion, Subject subject, Instant now) {
        var evidence = evidence(quarantine.evidence());
        if (quarantine.inForce()) {
            return now.isBefore(quarantine.until())
                    ? new Standing(
                            Reason.Quarantined,
                            false,
                            "builds fail here that hardly fail elsewhere; quarantined since " + quarantine.since()
                                    + " until " + quarantine.until() + ", then a trial" + evidence,
                            quarantine)
                    : new Standing(
                            Reason.OnTrial,
                            true,
                            "on trial since " + quarantine.until()
                                    + ": first its checks run, then one build at a time; two that succeed end it",
                            quarantine);
        }
        if (suspicion.isSuspect()) {
            boolean bound =
                    book.hasFailedLast(subject.name()) && !subject.annotations().never();
            return new Standing(
                    Reason.Suspect,
                    bound,
                    "builds fail here that hardly fail elsewhere"
                            + (bound ? "; one starts at a time until one succeeds" : "") + evidence,
                    quarantine);
        }
        return new Standing(Reason.NoSuspicion, false, Standing.TRUSTED.message(), quarantine);
    }

    private static String evidence(List<String> evidence) {
        return evidence.isEmpty()
                ? ""
                : "; " + evidence.size() + " failures, the last: " + evidence.get(evidence.size() - 1);
    }

    private static Instant latest(Instant one, Optional<Instant> other, Optional<Instant> third) {
        var later = other.filter(one::isBefore).orElse(one);
        return third.filter(later::isBefore).orElse(later);
    }
}
