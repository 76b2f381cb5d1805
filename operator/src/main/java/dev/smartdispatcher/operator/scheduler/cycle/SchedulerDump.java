package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the scheduler knows at the end of a scheduling cycle, to be read by people. CPU is in millicores, memory and disk in
 * bytes. It names the jobs of all tenants.
 *
 * @param time of the cycle
 * @param waiting number of jobs that the scheduler knows; {@code queue} has a part of them
 * @param knownWorkers number of workers; {@code workers} has a part of them
 * @param tenants the poorest first
 * @param queue jobs that some worker could host, in fair-share order; then all others
 * @param workers by name
 */
public record SchedulerDump(
        Instant time,
        int waiting,
        int knownWorkers,
        List<TenantDump> tenants,
        List<JobDump> queue,
        List<WorkerDump> workers,
        List<ReservationDump> reservations) {

    /**
     * A tenant.
     *
     * @param jobs that it has on workers
     * @param chargedMillis CPU of these and of its reservations
     * @param usedCpuSeconds its decayed usage
     * @param mayStart false if it has as many jobs on workers as it may
     * @param held why its namespace lets no job start, if it does not
     * @param beyondIntake number of its waiting jobs that the scheduler does not know, because their equivalence classes are too many
     */
    public record TenantDump(
            String name,
            int jobs,
            long chargedMillis,
            double usedCpuSeconds,
            boolean mayStart,
            Optional<Reason> held,
            int beyondIntake) {}

    /**
     * A waiting job.
     *
     * @param position in the queue, from 0
     * @param attempt number of its next attempt
     * @param leastParallelism smallest N with which it starts now, which takes {@code need}
     * @param inFairShareOrder false if no open worker could host it, or its tenant may start no more: it has no turn
     * @param reason why it waits, as last published; empty if that is still to come
     * @param estimatedStart as last published
     */
    public record JobDump(
            int position,
            String job,
            String uid,
            int attempt,
            int priority,
            Instant since,
            int leastParallelism,
            Room need,
            boolean inFairShareOrder,
            Optional<Reason> reason,
            Optional<Instant> estimatedStart) {}

    /**
     * A worker.
     *
     * @param open whether it takes jobs
     * @param closed why not
     * @param free negative where the budget fell below what is claimed
     * @param nonBuildMillis CPU of the budget that other processes than builds use
     * @param reservedFor the job for which room is reserved
     */
    public record WorkerDump(
            String name,
            boolean open,
            Optional<Reason> closed,
            Optional<Architecture> hostArch,
            Optional<Room> budget,
            Room free,
            long nonBuildMillis,
            Optional<String> reservedFor,
            List<ClaimDump> claims) {}

    /**
     * What an attempt takes of a worker.
     *
     * @param job empty if the job is gone
     */
    public record ClaimDump(
            Optional<String> job, String uid, int attempt, String tenant, Room room, Optional<Instant> end) {}

    /**
     * A reservation, or the rest after one that was in vain.
     *
     * @param need what is reserved; empty while the job rests
     * @param start when enough room should be free; empty if that is unknown
     * @param since when it began
     * @param until when it ends if the job has not started
     * @param span for how long it lasts, from the first estimated start or from its beginning
     */
    public record ReservationDump(
            String job,
            String worker,
            boolean resting,
            Optional<Room> need,
            Optional<Instant> start,
            Instant since,
            Instant until,
            Duration span) {}
}
