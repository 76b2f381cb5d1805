package dev.smartdispatcher.operator.view;

import dev.smartdispatcher.api.job.status.Phase;
import java.util.function.UnaryOperator;

/** A job in words, the same wherever people see it. */
public final class JobText {
    private JobText() {}

    /** The phase, or {@code Waiting} if the job has a reason to wait. */
    public static String state(JobView job) {
        return job.phase() == Phase.Pending && job.reason() != null
                ? "Waiting"
                : job.phase().name();
    }

    /**
     * Where the job runs and with what, or why it waits or failed.
     *
     * @param workerLabel how a worker of this name is shown
     */
    public static String detail(JobView job, UnaryOperator<String> workerLabel) {
        return switch (job.phase()) {
            case Dispatched, Running -> place(job, workerLabel);
            case Complete ->
                place(job, workerLabel) + after(job) + (job.results() == null ? "" : ", results in " + job.results());
            case Failed ->
                job.reason() + ": " + job.message()
                        + (job.results() == null ? "" : "; log and results in " + job.results());
            case Pending -> job.reason() == null ? "" : job.reason() + ": " + job.message();
        };
    }

    private static String after(JobView job) {
        return job.seconds() == null ? "" : ", " + job.seconds() + " s";
    }

    private static String place(JobView job, UnaryOperator<String> workerLabel) {
        return workerLabel.apply(job.worker()) + ", " + job.hostArch() + " " + job.mode() + ", parallelism "
                + job.parallelism() + (job.attempts() > 1 ? ", attempt " + job.attempts() : "");
    }
}
