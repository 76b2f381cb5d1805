package dev.smartdispatcher.operator.controller.cache;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.controller.ElapsedTime;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long an attempt of a job will run. */
public final class JobDurations {
    /** From the decision to the start of the container, usually: one that takes longer may take all that it is allowed. */
    private static final Duration START = Duration.ofSeconds(10);
    /** From the deadline to the end of the last process: the entry's TERM, then its KILL. */
    private static final Duration END = Duration.ofSeconds(10);

    private JobDurations() {}

    /**
     * From the decision to the end at the latest, where somebody knows: a deadline that the job itself states is a bound,
     * as the time limit of a batch system is. The policy's default says nothing about this job.
     */
    public static Optional<Duration> known(BuildJobSpec spec) {
        return deadline(spec).map(START::plus);
    }

    /** When a live attempt ends at the latest, if that is known. Its deadline counts from the start of its container. */
    static Optional<Instant> end(BuildJobSpec spec, Attempt attempt, Instant now) {
        if (attempt.startTime() != null) {
            return deadline(spec).map(attempt.startTime().plus(END)::plus);
        }
        var dispatched = Optional.ofNullable(attempt.dispatchTime());
        var start = dispatched.map(time -> time.plus(
                ElapsedTime.isLess(time, START, now) ? START : Duration.ofSeconds(WorkerPod.START_ALLOWANCE_SECONDS)));
        return start.flatMap(time -> deadline(spec).map(time::plus));
    }

    /**
     * When a live attempt ends by what earlier builds took; it may well run on.
     *
     * @param likely its length; empty if there were none
     */
    static Optional<Instant> likelyEnd(Attempt attempt, Optional<Duration> likely) {
        var start = Optional.ofNullable(attempt.startTime())
                .or(() -> Optional.ofNullable(attempt.dispatchTime()).map(time -> time.plus(START)));
        return start.flatMap(time -> likely.map(time::plus));
    }

    private static Optional<Duration> deadline(BuildJobSpec spec) {
        return Optional.ofNullable(spec.activeDeadlineSeconds()).map(Duration::ofSeconds);
    }
}
