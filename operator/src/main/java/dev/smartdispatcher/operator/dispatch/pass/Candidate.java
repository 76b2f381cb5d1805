package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.api.job.Expense;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import java.util.Comparator;

/**
 * A worker that has room for a job now.
 *
 * @param processes N that the job would get
 * @param penaltyPercent of the mode, in percent of the native time
 * @param cpuLeft millicores that would stay free
 */
record Candidate(Worker worker, Mode mode, int processes, int penaltyPercent, long cpuLeft) {
    /**
     * The part of a build that does not become shorter with more make jobs, for comparing Ns by Amdahl's law. A plain
     * guess between the 2/7 of small builds and the few percent of large ones; only the order of candidates depends on it.
     */
    private static final double SERIAL = 0.2;

    /** Finish times within about a tenth of each other count as equal, so that packing may decide. */
    private static final double STEP = Math.log(1.1);

    /** Expected run time relative to one make job, natively, on a worker of ordinary speed. */
    double finish() {
        return penaltyPercent / 100.0 * Worker.ORDINARY_SPEED / worker.speed() * (SERIAL + (1 - SERIAL) / processes);
    }

    private long finishStep() {
        return Math.round(Math.log(finish()) / STEP);
    }

    /**
     * Best first. Heavy jobs: the earliest finish, then the stronger worker. Normal ones: the earliest finish, then the
     * smaller worker. Light ones: the least penalty, then the smallest worker, so that strong ones stay free. Then the
     * tightest fit, then the name.
     */
    static Comparator<Candidate> order(Expense expense) {
        var first =
                switch (expense) {
                    case Heavy ->
                        Comparator.comparingLong(Candidate::finishStep)
                                .thenComparing(Comparator.comparingLong((Candidate c) -> c.worker.strength())
                                        .reversed());
                    case Normal ->
                        Comparator.comparingLong(Candidate::finishStep).thenComparingLong(c -> c.worker.strength());
                    case Light ->
                        Comparator.comparingInt(Candidate::penaltyPercent).thenComparingLong(c -> c.worker.strength());
                };
        return first.thenComparingLong(Candidate::cpuLeft).thenComparing(c -> c.worker.name());
    }
}
