package dev.smartdispatcher.operator.attempt.start;

import dev.smartdispatcher.api.Reason;
import java.util.EnumSet;
import java.util.Set;

/**
 * How attempts end whose build never started since something was in the way that has a name. They use up no budget of retries:
 * waiting to start is not failing.
 */
public final class StartOutcomes {
    /** It cannot be had anywhere: by the environment's fault, or the job's if it names an image of its own. */
    private static final Set<Reason> OF_IMAGE = EnumSet.of(Reason.ImagePullFailed, Reason.InvalidImageName);
    /** The namespace lacks what the job names: no worker helps. */
    private static final Set<Reason> OF_NAMESPACE =
            EnumSet.of(Reason.ClaimNotFound, Reason.SecretNotFound, Reason.ConfigMapNotFound);
    /** Another worker may do. */
    private static final Set<Reason> OF_WORKER = EnumSet.of(Reason.Unschedulable, Reason.NoSandbox, Reason.FailedMount);

    private StartOutcomes() {}

    /** Whether an attempt with this outcome never started, for a reason that has a name. */
    public static boolean isOne(Reason outcome) {
        return outcome != null && (isOfImage(outcome) || OF_NAMESPACE.contains(outcome) || OF_WORKER.contains(outcome));
    }

    /** Whether the image is in the way. */
    public static boolean isOfImage(Reason outcome) {
        return outcome != null && OF_IMAGE.contains(outcome);
    }

    /** Whether it is the same wherever the job goes. */
    public static boolean isEverywhere(Reason outcome) {
        return outcome != null && (OF_IMAGE.contains(outcome) || OF_NAMESPACE.contains(outcome));
    }

    /** Whether another worker may do. */
    public static boolean isOfWorker(Reason outcome) {
        return outcome != null && OF_WORKER.contains(outcome);
    }

    /** Whether waiting does not help while the pod is there: it is given up at once. */
    public static boolean isHopeless(Reason outcome) {
        return outcome == Reason.InvalidImageName || outcome != null && OF_NAMESPACE.contains(outcome);
    }
}
