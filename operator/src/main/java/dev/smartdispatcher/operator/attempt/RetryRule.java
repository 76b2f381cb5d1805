package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.Retry;
import dev.smartdispatcher.api.job.status.Attempt;
import java.util.List;
import java.util.Set;

/** Whether a job gets a further attempt. */
public final class RetryRule {
    /** Attempts in all, whatever their outcomes: as many as the status keeps. */
    public static final int MOST_ATTEMPTS = 20;
    /** Attempts that never started cost nothing but patience: they have a budget of their own, beside the user's. */
    static final int MOST_FAILED_STARTS = 10;

    private static final Set<Reason> LOST = Set.of(Reason.WorkerLost, Reason.DrainDeadlinePassed);
    private static final Set<Reason> RESOURCES = Set.of(Reason.OutOfMemory, Reason.OutOfDisk);
    private static final Set<Reason> FAILURES =
            Set.of(Reason.BuildFailed, Reason.DeadlineExceeded, Reason.EntryNotRunnable, Reason.ResultsNotCopied);

    private RetryRule() {}

    /**
     * Whether another attempt is due after the last one.
     *
     * @param attempts all that ended, the last one included
     */
    public static boolean again(Retry retry, List<Attempt> attempts) {
        var last = attempts.get(attempts.size() - 1).outcome();
        if (attempts.size() >= MOST_ATTEMPTS || last == Reason.Succeeded) {
            return false;
        }
        if (last == Reason.StartFailed) {
            return count(attempts, Set.of(Reason.StartFailed)) <= MOST_FAILED_STARTS;
        }
        if (LOST.contains(last)) {
            return count(attempts, LOST) <= retry.onWorkerLost();
        }
        if (RESOURCES.contains(last)) {
            return count(attempts, RESOURCES) <= retry.onOutOfResources();
        }
        return FAILURES.contains(last) && count(attempts, FAILURES) <= retry.onFailure();
    }

    private static long count(List<Attempt> attempts, Set<Reason> outcomes) {
        return attempts.stream().filter(a -> outcomes.contains(a.outcome())).count();
    }
}
