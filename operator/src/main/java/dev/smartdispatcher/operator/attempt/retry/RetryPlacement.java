package dev.smartdispatcher.operator.attempt.retry;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.api.job.status.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Where and when a job is tried again, so that a machine on which everything dies does not use up its attempts: anywhere rather
 * than where an attempt failed, and there again only after a while if another worker could host it. What dies before its
 * command has started pauses everywhere from the second time on.
 */
public final class RetryPlacement {
    /** How long another worker is waited for after the first failure on one; doubled for each further one. */
    static final Duration BACK_OFF = Duration.ofSeconds(10);

    static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    private final List<Attempt> attempts;
    private final Instant now;

    /** @param attempts of the job, in their order */
    public RetryPlacement(List<Attempt> attempts, Instant now) {
        this.attempts = attempts.stream().filter(a -> !a.live()).toList();
        this.now = now;
    }

    /** The workers on which an attempt failed, whatever the outcome. */
    public Set<String> failedOn() {
        return attempts.stream()
                .filter(a -> a.outcome() != Reason.Succeeded && !a.outcome().isHopeless())
                .map(Attempt::worker)
                .collect(Collectors.toSet());
    }

    /**
     * The workers on which it is not to be tried now: those that did not start it, and of those that may have spoiled it such as
     * leave another one to wait for.
     *
     * @param hosts names of the workers that could host it were they empty; asked only if it matters
     */
    public Set<String> avoided(Supplier<? extends Collection<String>> hosts) {
        var resting = attempts.stream()
                .filter(a -> a.endTime() != null
                        && a.outcome() != Reason.Succeeded
                        && !a.endedBy(ReasonCategory.OutOfResources)
                        && !a.outcome().isEverywhere())
                .collect(Collectors.groupingBy(Attempt::worker))
                .entrySet()
                .stream()
                .filter(e -> rests(e.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (resting.isEmpty() || !resting.keySet().containsAll(hosts.get())) {
            return resting.keySet();
        }
        // There is no other one to wait for, but what does not start will hardly do so at once.
        return resting.entrySet().stream()
                .filter(e -> hasNotStarted(last(e.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Until when no attempt begins anywhere, since at least the last two came to nothing; empty if one may begin now. */
    public Optional<Instant> pausedUntil() {
        int inVain = 0;
        for (int i = attempts.size() - 1; i >= 0 && isUntried(attempts.get(i)); i--) {
            inVain++;
        }
        return inVain < 2 ? Optional.empty() : until(last(attempts), inVain - 1);
    }

    /** Whether nobody asked whether the build is right: it was not run, or not to its end. */
    private static boolean isUntried(Attempt attempt) {
        return hasNotStarted(attempt) || attempt.outcome() == Reason.WorkerLost;
    }

    /** Whether it did not start on its worker, and might on another one. */
    private static boolean hasNotStarted(Attempt attempt) {
        return attempt.endedBy(ReasonCategory.FailedStart) || attempt.endedBy(ReasonCategory.WorkerObstacle);
    }

    private boolean rests(List<Attempt> failures) {
        return until(last(failures), failures.size()).isPresent();
    }

    /** The end of the back-off after so many failures, if that is still to come. */
    private Optional<Instant> until(Attempt last, int failures) {
        if (last.endTime() == null) {
            return Optional.empty();
        }
        var delay = BACK_OFF.multipliedBy(1L << Math.min(10, failures - 1));
        var until = last.endTime().plus(delay.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : delay);
        // A worker's clock may be somewhat ahead; what ended long after now did so before the clock was set back.
        return now.isBefore(until) && last.endTime().isBefore(now.plus(LONGEST_BACK_OFF))
                ? Optional.of(until)
                : Optional.empty();
    }

    private static Attempt last(List<Attempt> some) {
        return some.get(some.size() - 1);
    }
}
