package dev.smartdispatcher.operator.scheduler.placement;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * A worker that a job waits for although another one could emulate its target now: enough of what runs there is known to end so
 * soon that the job is expected to finish earlier there. The expected finish as what decides is the heuristic "minimum completion time"
 * (M. Maheswaran et al., "Dynamic Matching and Scheduling of a Class of Independent Tasks onto Heterogeneous Computing
 * Systems", 1999). Room is not reserved there: whoever comes first has it.
 *
 * <p>No job waits in this way for longer than emulation would have taken it, counted from when it began to wait: by then it must be
 * expected to have finished on the worker that it waits for, so the later it is, the less there is to wait for.
 *
 * @param mode how the worker would build it
 * @param start when there is room for its smallest N
 * @param end when it is expected to finish there
 */
public record AwaitedWorker(Worker worker, Mode mode, Instant start, Instant end) {
    /** Of several the one to wait for comes first. */
    public static final Comparator<AwaitedWorker> SOONEST = Comparator.comparing(AwaitedWorker::end)
            .thenComparing(awaited -> awaited.worker().name());

    /** Longer times count as this one. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final double MILLIS = 1000;

    /**
     * By when a job has to be expected to have finished elsewhere, so that it does not start on an emulating worker now.
     *
     * @param penaltyPercent of emulation, in percent of the native time
     * @param parallelism N that it would get there
     */
    public static Instant bound(PendingJob job, Worker emulating, int penaltyPercent, int parallelism, Instant now) {
        var since = job.since().isAfter(now) ? now : job.since();
        return since.plus(runTime(job, emulating, penaltyPercent, parallelism));
    }

    /**
     * A worker that the job can wait for; empty if it would not have finished there before the bound, or nobody can say so.
     *
     * @param host the worker, whose budget can host the job, and which is open
     * @param penaltyPercent of the mode
     * @param claims all of the worker
     */
    public static Optional<AwaitedWorker> of(
            PendingJob job,
            WorkerSnapshot host,
            Mode mode,
            int penaltyPercent,
            Collection<Claim> claims,
            Instant bound,
            Instant now) {
        var worker = host.worker();
        var takes = runTime(job, worker, penaltyPercent, job.envelope().least());
        if (mode == Mode.Emulated
                || !now.plus(takes).isBefore(bound)
                || host.free().fits(job.envelope().smallest())
                || worker.endBy().isPresent()
                || job.failedOn().contains(worker.name())
                || host.reserved().filter(r -> r.isForAnotherThan(job)).isPresent()) {
            return Optional.empty();
        }
        return Reservation.of(job, worker, host.free(), claims, now)
                .start()
                .map(start -> new AwaitedWorker(worker, mode, start, start.plus(takes)))
                .filter(awaited -> awaited.end().isBefore(bound));
    }

    private static Duration runTime(PendingJob job, Worker worker, int penaltyPercent, int parallelism) {
        var work = job.workEstimate();
        double seconds = work.coreSeconds()
                * (work.serial() + (1 - work.serial()) / parallelism)
                * penaltyPercent
                / worker.speed();
        return Duration.ofMillis(Math.round(Math.min(MILLIS * seconds, LONGEST.toMillis())));
    }
}
