package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.operator.controller.ElapsedTime;
import dev.smartdispatcher.operator.controller.dispatch.AllocationWriter.Outcome;
import dev.smartdispatcher.operator.controller.dispatch.AllocationWriter.Sent;
import dev.smartdispatcher.operator.scheduler.model.Claim.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Decisions of which it is not known whether they are written. They are sent again, first after a second, each time after
 * twice as long, until they are written, or until the cache shows their jobs as others than they were decided on.
 */
final class UnconfirmedWrites {
    static final Duration INTERVAL = Duration.ofSeconds(1);
    /** What fails for ever must not keep the writers from what does not. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    /** So many answers in a row that it could not be done are the job's: in 15 seconds. */
    static final int MOST_FAILURES = 5;

    private final Map<AttemptId, Try> tries = new LinkedHashMap<>();

    private record Try(Sent sent, Instant at, Duration pause, int failures) {
        private static Try first(Sent sent, Instant now) {
            return new Try(sent, now, INTERVAL, sent.outcome() == Outcome.Failing ? 1 : 0);
        }

        private Try again(Sent next, Instant now) {
            return new Try(next, now, nextPause(), next.outcome() == Outcome.Failing ? failures + 1 : 0);
        }

        private DecidedStatus decided() {
            return sent.decided();
        }

        private boolean isDue(Instant now) {
            return !ElapsedTime.isLess(at, pause, now);
        }

        private Duration nextPause() {
            var twice = pause.multipliedBy(2);
            return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        }
    }

    /** Those that are to be sent now. Forgets those that stand no more. */
    List<DecidedStatus> due(Predicate<DecidedStatus> stands, Instant now) {
        tries.values().removeIf(t -> !stands.test(t.decided()));
        return tries.values().stream()
                .filter(t -> t.isDue(now))
                .map(Try::decided)
                .toList();
    }

    /** What became of decisions that were sent now, for the first time or again. */
    void sent(List<Sent> sent, Instant now) {
        for (var s : sent) {
            var attempt = s.decided().decision().claim().id();
            if (s.outcome() == Outcome.Unknown || s.outcome() == Outcome.Failing) {
                tries.compute(attempt, (id, before) -> before == null ? Try.first(s, now) : before.again(s, now));
            } else {
                tries.remove(attempt);
            }
        }
    }

    /**
     * Those that fail again and again, and were not sent without an answer in between: reported once after each time that they are
     * sent, since it costs a request to find out whether one can be given up.
     *
     * @param now when decisions were last sent
     */
    List<Sent> hopeless(Instant now) {
        return tries.values().stream()
                .filter(t -> t.failures >= MOST_FAILURES && t.at.equals(now))
                .map(Try::sent)
                .toList();
    }

    /** A decision is not to be sent again. */
    void forget(DecidedStatus decided) {
        tries.remove(decided.decision().claim().id());
    }

    boolean isEmpty() {
        return tries.isEmpty();
    }
}
