package dev.smartdispatcher.operator.attempt.retry;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.api.job.Retry;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.attempt.start.StartHistory;
import java.util.List;

/** Whether a job gets a further attempt. */
public final class RetryRule {
    /** Attempts in all but those that never started for a reason that has a name: as many as the status keeps. */
    public static final int MOST_ATTEMPTS = StartHistory.MOST_ATTEMPTS;
    /** Attempts that never started cost nothing but patience: they have a budget of their own, beside the user's. */
    static final int MOST_FAILED_STARTS = 10;

    private RetryRule() {}

    /**
     * Whether another attempt is due after the last one.
     *
     * @param attempts all that ended, the last one included
     */
    public static boolean again(Retry retry, List<Attempt> attempts) {
        var last = attempts.get(attempts.size() - 1).outcome();
        if (attempts.get(attempts.size() - 1).isExcused()) {
            // Another worker is to show whose fault it was.
            return true;
        }
        if (last.usesNoBudget()) {
            // However often: what ends this is the job's startDeadlineSeconds, or whoever cancels it.
            return last != Reason.Cancelled;
        }
        long counted = attempts.stream()
                .filter(a -> !a.usedNoBudget() && !a.isExcused())
                .count();
        long alike = attempts.stream()
                .filter(a -> a.endedBy(last.category()) && !a.isExcused())
                .count();
        return counted < MOST_ATTEMPTS && alike <= budget(retry, last.category());
    }

    /** How many further attempts there may be after those that ended like this. */
    private static int budget(Retry retry, ReasonCategory category) {
        return switch (category) {
            case FailedStart -> MOST_FAILED_STARTS;
            case WorkerLoss -> retry.onWorkerLost();
            case OutOfResources -> retry.onOutOfResources();
            case Failure -> retry.onFailure();
            default -> 0;
        };
    }
}
