package dev.smartdispatcher.operator.reconcile.feed;

import dev.smartdispatcher.api.job.BuildJobSpec;
import java.time.Duration;
import java.util.Optional;

/** How long an attempt of a job will run. */
final class JobDurations {
    /** From the decision to the start of the container, at most, for estimates. */
    private static final Duration START = Duration.ofSeconds(10);

    private JobDurations() {}

    /**
     * From the decision to the end at the latest, where somebody knows: a deadline that the job itself states is a bound,
     * as the time limit of a batch system is. The policy's default says nothing about this job.
     */
    static Optional<Duration> known(BuildJobSpec spec) {
        return Optional.ofNullable(spec.activeDeadlineSeconds())
                .map(seconds -> Duration.ofSeconds(seconds).plus(START));
    }
}
