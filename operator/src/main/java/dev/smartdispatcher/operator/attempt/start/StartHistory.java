package dev.smartdispatcher.operator.attempt.start;

import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the attempts of a job say about its wait for a start. */
public final class StartHistory {
    /** As many attempts as the status keeps. */
    public static final int MOST_ATTEMPTS = 20;
    /** Of attempts that did not start one after the other: the first, which shows since when, and the last ones. */
    static final int MOST_OF_A_ROW = 7;

    static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Duration SHORTEST_LOOK = Duration.ofMillis(1);

    private final List<Attempt> attempts;
    /** Those at the end that did not start, the live one included that has not yet. */
    private final List<Attempt> row;

    /** @param attempts of the job, in their order */
    public StartHistory(List<Attempt> attempts) {
        this.attempts = List.copyOf(attempts);
        int first = attempts.size();
        while (first > 0 && hasNotStarted(attempts.get(first - 1))) {
            first--;
        }
        row = this.attempts.subList(first, attempts.size());
    }

    private static boolean hasNotStarted(Attempt attempt) {
        return attempt.startTime() == null
                && (attempt.live() || attempt.endedBy(ReasonCategory.FailedStart) || attempt.endedByObstacle());
    }

    /** The number of the next attempt: numbers are not used again, though attempts are left out. */
    public int next() {
        return attempts.isEmpty() ? 1 : attempts.get(attempts.size() - 1).number() + 1;
    }

    /** What is kept of the attempts when there is to be one more. */
    public List<Attempt> forOneMore() {
        var kept = new ArrayList<>(attempts);
        int first = kept.size() - row.size();
        while (kept.size() - first >= MOST_OF_A_ROW && kept.get(first + 1).endedByObstacle()) {
            kept.remove(first + 1);
        }
        while (kept.size() >= MOST_ATTEMPTS) {
            var oldest = kept.stream().filter(Attempt::usedNoBudget).findFirst();
            if (oldest.isEmpty()) {
                return kept;
            }
            kept.remove(oldest.get());
        }
        return kept;
    }

    /**
     * Until when the job waits, since what was in the way of its last attempt is the same everywhere: after each failure about as
     * long again as it has waited by then. Empty if the next attempt may begin.
     */
    public Optional<Instant> pausedUntil(Instant now) {
        if (row.isEmpty()) {
            return Optional.empty();
        }
        var last = row.get(row.size() - 1);
        if (last.live() || last.endTime() == null || !last.outcome().isEverywhere()) {
            return Optional.empty();
        }
        var waited =
                since().map(began -> Duration.between(began, last.endTime())).orElse(SHORTEST_PAUSE);
        var until = last.endTime().plus(Pause.within(waited, SHORTEST_PAUSE, LONGEST_PAUSE));
        // A worker's clock may be somewhat ahead; what ended long after now did so before the clock was set back.
        return now.isBefore(until) && last.endTime().isBefore(now.plus(LONGEST_PAUSE))
                ? Optional.of(until)
                : Optional.empty();
    }

    /** When the job has waited for its start for too long, if it has a limit and waits. */
    public Optional<Instant> deadline(BuildJobSpec spec) {
        return Optional.ofNullable(spec.startDeadlineSeconds())
                .flatMap(seconds -> since().map(t -> t.plusSeconds(seconds)));
    }

    /** How long it is until then, at least a millisecond: to look when that time has passed. */
    public Optional<Duration> untilDeadline(BuildJobSpec spec, Instant now) {
        return deadline(spec)
                .map(time -> Duration.between(now, time).plusMillis(1))
                .map(left -> left.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : left);
    }

    /** When the first of the attempts was dispatched that have not started since. */
    private Optional<Instant> since() {
        return row.stream().findFirst().map(a -> a.dispatchTime() == null ? a.endTime() : a.dispatchTime());
    }
}
