package dev.smartdispatcher.operator.scheduler.admission;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimit;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimits;
import dev.smartdispatcher.operator.scheduler.filter.Shortfall;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.WorkerSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a worker that matches does not take a job now. The order of the rules is the order in which reasons count: what can never
 * be comes before what the worker's state forbids, and that before what only has to be waited for. Asking allocates nothing, since
 * a scheduling cycle asks of every worker.
 */
public final class Admission {
    private static final Optional<Reason> ENDS_AFTER_DEADLINE = Optional.of(Reason.EndsAfterDeadline);
    private static final Optional<Reason> BACKING_OFF = Optional.of(Reason.BackingOff);
    private static final Optional<Reason> NO_ROOM = Optional.of(Reason.NoRoom);
    private static final Optional<Reason> TENANT_LIMIT = Optional.of(Reason.TenantLimit);
    private static final Optional<Reason> RESERVED = Optional.of(Reason.Reserved);

    private final PendingJob job;
    private final Room need;
    private final Instant now;
    private final WorkerLimits limits;

    /** Of a job of a tenant without limits on some of the workers. */
    public Admission(PendingJob job, Instant now) {
        this(job, now, WorkerLimits.NONE);
    }

    /** @param limits of the tenant that are reached */
    public Admission(PendingJob job, Instant now, WorkerLimits limits) {
        this.limits = limits;
        this.job = job;
        this.now = now;
        need = job.envelope().smallest();
    }

    /** Why the worker could not take the job now even if it were empty; nothing if it could. */
    public Optional<Reason> refusal(Worker worker) {
        if (!worker.budget().fits(need)) {
            return job.envelope().misfit(worker.budget()).map(misfit -> worker.tell(misfit, need.disk()));
        }
        return worker.closed().isPresent() ? worker.closed() : postponement(worker);
    }

    /** The same of an open worker that is large enough. */
    public Optional<Reason> postponement(Worker worker) {
        if (endsTooLate(worker)) {
            return ENDS_AFTER_DEADLINE;
        }
        if (!job.avoid().isEmpty() && job.avoid().contains(worker.name())) {
            return BACKING_OFF;
        }
        return limits.cover(worker) ? TENANT_LIMIT : Optional.empty();
    }

    /**
     * Why the worker does not take the job now; nothing if it does.
     *
     * @param free what is left of the worker's budget
     * @param reserved what is reserved there; null if nothing is
     */
    public Optional<Reason> rejection(Worker worker, Room free, WorkerSnapshot.Reserved reserved) {
        var refusal = refusal(worker);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!free.fits(need)) {
            return NO_ROOM;
        }
        return admitted(reserved, job.envelope().least()) == 0 ? RESERVED : Optional.empty();
    }

    /**
     * The N up to the wanted one that does not delay the job that has the worker's reservation; 0 if there is none.
     *
     * @param reserved what is reserved there; null if nothing is
     */
    public int admitted(WorkerSnapshot.Reserved reserved, int wanted) {
        return reserved != null && reserved.isForAnotherThan(job)
                ? reserved.reservation().admitted(job, wanted, reserved.beside(), now)
                : wanted;
    }

    /** The tenant's limit that keeps the job from a worker. */
    public Optional<WorkerLimit> limit(Worker worker) {
        return limits.of(worker);
    }

    /** All that has to change about a worker that matches and does not take the job, other than because it is occupied. */
    public Shortfall shortfall(Worker worker) {
        var reasons = lasting(worker);
        return new Shortfall(worker, reasons, distance(reasons.get(0), worker));
    }

    /** All that has to change about a worker that does not match. */
    public Shortfall shortfall(Shortfall mismatch) {
        return mismatch.and(lasting(mismatch.worker()));
    }

    /** What keeps a worker that matches from taking the job, for as long as nobody changes it. */
    private List<Reason> lasting(Worker worker) {
        var reasons = new ArrayList<Reason>();
        job.envelope().misfits(worker.budget()).forEach(misfit -> reasons.add(worker.tell(misfit, need.disk())));
        worker.closed().ifPresent(reasons::add);
        if (endsTooLate(worker)) {
            reasons.add(Reason.EndsAfterDeadline);
        }
        return reasons;
    }

    private boolean endsTooLate(Worker worker) {
        var endBy = worker.endBy();
        return endBy.isPresent() && !job.endsBy(endBy.get(), now);
    }

    private double distance(Reason reason, Worker worker) {
        var budget = worker.budget();
        return switch (reason) {
            case TooLittleCpu -> need.cpuMillis() - budget.cpuMillis();
            case TooLittleMemory -> need.memory() - budget.memory();
            case TooLittleDisk, TooLittleFreeDisk -> need.disk() - budget.disk();
            case TooFewJobs -> need.jobs() - budget.jobs();
            case EndsAfterDeadline -> -worker.endBy().orElseThrow().toEpochMilli();
            default -> 0;
        };
    }
}
