package dev.smartdispatcher.operator.scheduler.placement;

import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import java.util.function.Function;

/**
 * What a scheduling cycle decided about one job. Whoever passes decisions on, or sends them, needs only what is common to all;
 * whoever makes the status of a job from one, or follows it up, knows the cases.
 */
public sealed interface Decision permits Placement {
    /** The job. */
    JobKey key();

    /** What its attempt takes of a worker from now on. */
    Claim claim();

    /** What is done about each case. A new case is a new parameter, so the compiler finds all who have to know it. */
    <T> T match(Function<Placement, T> place);
}
