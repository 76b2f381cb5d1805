package dev.smartdispatcher.e2e.quickstart.view;

import dev.smartdispatcher.api.worker.facts.Amounts;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collection;

/** Jobs and workers in words, the same on every screen and in the summary. */
public final class Texts {
    private Texts() {}

    /** The phase; of a job that waits, the reason. */
    public static String phase(JobView job) {
        return "Pending".equals(job.phase()) && job.reason() != null ? "Waiting" : job.phase();
    }

    /** Where a job runs and with what, or why it waits or failed. */
    public static String detail(JobView job, Collection<WorkerView> workers) {
        return switch (job.phase()) {
            case "Dispatched", "Running" -> place(job, workers);
            case "Complete" ->
                place(job, workers) + after(job) + (job.results() == null ? "" : ", results in " + job.results());
            case "Failed" ->
                job.reason() + ": " + job.message()
                        + (job.results() == null ? "" : "; log and results in " + job.results());
            default -> job.reason() == null ? "" : job.reason() + ": " + job.message();
        };
    }

    private static String after(JobView job) {
        return job.seconds() == null ? "" : ", " + job.seconds() + " s";
    }

    private static String place(JobView job, Collection<WorkerView> workers) {
        var worker = workers.stream()
                .filter(w -> w.name().equals(job.worker()))
                .map(WorkerView::label)
                .findFirst()
                .orElse(job.worker());
        return worker + ", " + job.hostArch() + " " + job.mode() + ", parallelism " + job.parallelism()
                + (job.attempts() > 1 ? ", attempt " + job.attempts() : "");
    }

    /** What of a worker is given away, and why it takes no more if it does not. */
    public static String amounts(WorkerView worker) {
        var closed = worker.closed().map(why -> "(" + why + ")").orElse("");
        return worker.budget() == null ? closed : (given(worker) + " " + closed).stripTrailing();
    }

    private static String given(WorkerView worker) {
        var used = worker.allocation() == null ? new Amounts(null, null, null, 0) : worker.allocation();
        return "CPU " + of(used.cpu(), worker.budget().cpu()) + ", memory "
                + of(used.memory(), worker.budget().memory()) + ", jobs " + (used.jobs() == null ? 0 : used.jobs());
    }

    private static String of(Quantity used, Quantity budget) {
        return (used == null ? "0" : used) + " of " + budget;
    }
}
