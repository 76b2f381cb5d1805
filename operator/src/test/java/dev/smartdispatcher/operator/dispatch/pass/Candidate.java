package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.util.Comparator;

/**
 * A worker that has room for a job now.
 *
 * @param processes N that the job would get
 * @param penaltyPercent of the mode, in percent of the native time
 * @param cpuLeft millicores that would stay free
 */
record Candidate(
        PendingJob job, Worker worker, Mode mode, int processes, int penaltyPercent, double price, long cpuLeft) {
    /** Best first. */
    static final Comparator<Candidate> BEST = Comparator.comparingLong(Candidate::first)
            .thenComparingLong(Candidate::second)
            .thenComparingLong(Candidate::cpuLeft)
            .thenComparing(c -> c.worker.name());

    private long first() {
        return Preference.first(
                job, penaltyPercent, Preference.slowness(penaltyPercent, worker.speed()), processes, price);
    }

    private long second() {
        return Preference.second(job.expense(), worker.strength());
    }
}
