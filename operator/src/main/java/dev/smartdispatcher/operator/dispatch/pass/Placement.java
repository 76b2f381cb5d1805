package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.time.Instant;

/**
 * A job, the worker it goes to, how it is built there and with how many make jobs.
 *
 * @param now when this was decided
 */
public record Placement(PendingJob job, Worker worker, Mode mode, int processes, Instant now) {

    /** What the job takes of the worker. */
    public Room room() {
        return job.envelope().room(processes);
    }

    /** The placement as a claim on the worker. */
    public Claim claim() {
        return new Claim(
                new Claim.AttemptId(job.key().uid(), job.attempt()),
                job.tenant(),
                worker.name(),
                room(),
                job.duration().map(d -> now.plus(d)));
    }
}
