package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.Retry;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.attempt.start.StartHistory;
import dev.smartdispatcher.operator.attempt.start.StartOutcomes;
import java.util.List;
import java.util.Set;

/** Whether a job gets a further attempt. */
public final class RetryRule {
    /** Attempts in all but those that never started for a reason that has a name: as many as the status keeps. */
    public static final int MOST_ATTEMPTS = StartHistory.MOST_ATTEMPTS;
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
        if (StartOutcomes.isOne(last)) {
            // However often: the job's startDeadlineSeconds is what ends this.
            return true;
        }
        var counted =
                attempts.stream().filter(a -> !StartOutcomes.isOne(a.outcome())).count();
        if (counted >= MOST_ATTEMPTS || last == Reason.Succeeded) {
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
