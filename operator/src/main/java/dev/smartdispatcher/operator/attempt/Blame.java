package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;

/**
 * Whether an attempt that came to nothing did so by its worker's doing. The outcome alone does not say: a pod that somebody deleted,
 * evicted or preempted was lost, too. The recorded message does, and it is all that is left of the pod.
 */
public final class Blame {
    /** How the message of a container begins that the worker's runtime could not start. */
    static final String NOT_STARTED = "the container did not start";
    /** How the message of a container ends that was killed without a report, and of which neither kubelet nor API says by whom. */
    static final String UNEXPLAINED = ", and nothing says by what";

    private Blame() {}

    /** Whether the worker did not start the container, or killed it for no known reason. */
    public static boolean isTheWorkers(Attempt attempt) {
        var message = attempt.message() == null ? "" : attempt.message();
        return attempt.outcome() == Reason.StartFailed && message.startsWith(NOT_STARTED)
                || attempt.outcome() == Reason.WorkerLost && message.endsWith(UNEXPLAINED);
    }
}
