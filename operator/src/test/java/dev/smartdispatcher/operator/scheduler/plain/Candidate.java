package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.score.Score;
import java.util.Comparator;

/**
 * A worker that has room for a job now.
 *
 * @param parallelism N that the job would get
 * @param penaltyPercent of the mode, in percent of the native time
 * @param cpuLeft millicores that would stay free
 */
record Candidate(
        PendingJob job, Worker worker, Mode mode, int parallelism, int penaltyPercent, double price, long cpuLeft) {
    /** Best first. */
    static final Comparator<Candidate> BEST = Comparator.comparing(Candidate::failed)
            .thenComparingLong(Candidate::first)
            .thenComparingLong(Candidate::second)
            .thenComparingLong(Candidate::cpuLeft)
            .thenComparing(c -> c.worker.name());

    /** In which order the best is looked for. */
    static Comparator<Candidate> order(Expense expense) {
        return (expense == Expense.Light
                        ? Comparator.comparingInt(Candidate::penaltyPercent).thenComparingInt(c -> c.worker.speed())
                        : Comparator.comparingDouble(
                                (Candidate c) -> Score.slowness(c.penaltyPercent, c.worker.speed())))
                .thenComparing(c -> c.worker.name());
    }

    /** Whether an attempt of the job failed there. */
    private boolean failed() {
        return job.failedOn().contains(worker.name());
    }

    private long first() {
        return Score.first(
                job,
                penaltyPercent,
                Score.slowness(penaltyPercent, worker.speed()),
                parallelism,
                price,
                job.warm().getOrDefault(worker.name(), 100));
    }

    private long second() {
        return Score.second(job.expense(), worker.strength());
    }
}
