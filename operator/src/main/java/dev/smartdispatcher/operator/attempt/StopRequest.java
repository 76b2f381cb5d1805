package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJobSpec;
import java.util.Optional;

/**
 * What a job's spec says against any build of it: the job is cancelled, or suspended.
 *
 * @param reason Cancelled or Suspended
 * @param message which field says so
 */
public record StopRequest(Reason reason, String message) {
    /** Empty if the job is to be built. A job that is both is cancelled. */
    public static Optional<StopRequest> of(BuildJobSpec spec) {
        if (Boolean.TRUE.equals(spec.cancelled())) {
            return Optional.of(new StopRequest(Reason.Cancelled, "spec.cancelled is true"));
        }
        return Boolean.TRUE.equals(spec.suspend())
                ? Optional.of(new StopRequest(Reason.Suspended, "spec.suspend is true"))
                : Optional.empty();
    }

    /** Whether there is to be no further build. */
    public boolean isFinal() {
        return reason == Reason.Cancelled;
    }

    /**
     * The end of an attempt that was stopped for this. One that came to an end of its own, as a build that succeeded or failed
     * before it could be stopped, is what it was.
     */
    public Observation.Ended explain(Observation.Ended ended) {
        return switch (ended.outcome()) {
            case WorkerLost, Interrupted, StartFailed, DeadlineExceeded, DrainDeadlinePassed ->
                ended.because(reason, message);
            default -> ended.outcome().isStartObstacle() ? ended.because(reason, message) : ended;
        };
    }
}
