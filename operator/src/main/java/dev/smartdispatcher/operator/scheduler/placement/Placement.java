package dev.smartdispatcher.operator.scheduler.placement;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.DefaultMemory;
import java.time.Instant;
import java.util.function.Function;

/**
 * A job, the worker it goes to, how it is built there and with how many make jobs.
 *
 * @param memory bytes that it gets, at least what its envelope has at that N
 * @param slowness of the worker in the mode, 1 for an ordinary one
 * @param now when this was decided
 */
public record Placement(
        PendingJob job, Worker worker, Mode mode, int parallelism, long memory, double slowness, Instant now)
        implements Decision {

    /** The memory that a job gets with N make jobs: what it asks for, or a generous part if nobody said what it needs. */
    public static long memory(PendingJob job, int parallelism, WorkerSnapshot host) {
        if (!job.guessed()) {
            return job.envelope().room(parallelism).memory();
        }
        long beside = host.reserved()
                .filter(k -> k.isForAnotherThan(job))
                .map(k -> k.beside().memory())
                .orElse(Long.MAX_VALUE);
        return DefaultMemory.memory(
                job.envelope(),
                parallelism,
                host.worker().budget(),
                Math.min(host.free().memory(), beside));
    }

    /** What the job takes of the worker. */
    public Room room() {
        var least = job.envelope().room(parallelism);
        return new Room(least.cpuMillis(), memory, least.disk(), least.jobs());
    }

    @Override
    public JobKey key() {
        return job.key();
    }

    @Override
    public <T> T match(Function<Placement, T> place) {
        return place.apply(this);
    }

    /** The placement as a claim on the worker. */
    @Override
    public Claim claim() {
        return new Claim(
                new Claim.AttemptId(job.key().uid(), job.attempt()),
                job.tenant(),
                worker.name(),
                room(),
                job.duration().map(d -> now.plus(d)),
                job.likely(parallelism, slowness).map(d -> now.plus(d)),
                job.requirements().counted());
    }
}
