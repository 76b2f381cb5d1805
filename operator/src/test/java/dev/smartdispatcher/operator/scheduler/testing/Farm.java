package dev.smartdispatcher.operator.scheduler.testing;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.plain.PlainCycle;
import dev.smartdispatcher.operator.scheduler.plain.Plan;
import dev.smartdispatcher.operator.scheduler.plain.Snapshot;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.scheduler.sizing.WorkEstimate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A small farm for tests, put together a line at a time. */
public final class Farm {
    public static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    public static final long GI = 1L << 30;

    private final List<Worker> workers = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<PendingJob> pending = new ArrayList<>();

    public static Worker worker(String name, Architecture host, int cores, int gib) {
        return new Worker(
                name,
                host,
                Map.of(host, Mode.Native),
                Set.of(JobIsolation.Container),
                false,
                Set.of(),
                Worker.Kernel.UNKNOWN,
                Map.of(),
                OptionalInt.empty(),
                Long.MAX_VALUE,
                Map.of(),
                new Room(cores * 1000L, gib * GI, 1000 * GI, 1000),
                1000 * GI,
                Optional.empty(),
                Optional.empty(),
                0,
                Map.of());
    }

    public static Worker closed(Worker w, Reason reason) {
        return w.with(w.budget(), Optional.of(reason), w.endBy());
    }

    public static Worker endingBy(Worker w, Instant time) {
        return w.with(w.budget(), w.closed(), Optional.of(time));
    }

    public static Worker building(Worker w, Architecture target, Mode mode) {
        return w.withTargets(Map.of(w.hostArch(), Mode.Native, target, mode));
    }

    /** A job of one core and 1 GiB a process, N from 1 to as many as there are. */
    public static PendingJob job(String name) {
        return new PendingJob(
                new JobKey("ns", name, "uid-" + name),
                1,
                Requirements.of(Architecture.x86_64),
                new Envelope(1000, 0, GI, GI, 1, 1024),
                Expense.Normal,
                0,
                Optional.empty(),
                NOW,
                Set.of(),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    public static PendingJob of(String tenant, PendingJob j) {
        return j.withKey(new JobKey(tenant, j.key().name(), j.key().uid()));
    }

    public static PendingJob sized(PendingJob j, int least, int most) {
        var e = j.envelope();
        return with(j, new Envelope(e.cpuMillis(), e.base(), e.perProcess(), e.disk(), least, most));
    }

    public static PendingJob with(PendingJob j, Envelope envelope) {
        return j.withEnvelope(envelope);
    }

    public static PendingJob with(PendingJob j, Requirements requirements) {
        return j.withRequirements(requirements);
    }

    public static PendingJob with(PendingJob j, Expense expense) {
        return j.withExpense(expense);
    }

    public static PendingJob lasting(PendingJob j, Duration duration) {
        return j.withDuration(Optional.of(duration));
    }

    public static PendingJob queued(PendingJob j, int priority, Instant since) {
        return j.with().priority(priority).since(since).build();
    }

    public static PendingJob avoiding(PendingJob j, String worker) {
        return j.withAvoid(worker.isEmpty() ? Set.of() : Set.of(worker));
    }

    public static PendingJob failedOn(PendingJob j, String... workers) {
        return j.withFailedOn(Set.of(workers));
    }

    public static PendingJob knownAs(PendingJob j, WorkEstimate workEstimate) {
        return j.withKnown(Optional.of(workEstimate));
    }

    public Farm add(Worker worker) {
        workers.add(worker);
        return this;
    }

    public Farm add(PendingJob job) {
        pending.add(job);
        return this;
    }

    /** A running attempt that takes so many cores and as many GiB, and ends then, if that is known. */
    public Farm running(String worker, int cores, Optional<Instant> end) {
        claims.add(new Claim(
                new Claim.AttemptId("running-" + claims.size(), 1),
                "ns",
                worker,
                new Room(cores * 1000L, cores * GI, GI, 1),
                end));
        return this;
    }

    public Snapshot snapshot() {
        return new Snapshot(NOW, workers, Map.of(), claims, pending, ModePenalty.STANDARD);
    }

    public Plan run() {
        return PlainCycle.run(snapshot());
    }

    public static Placement placement(Plan plan, String job) {
        return plan.placements().stream()
                .filter(p -> p.job().key().name().equals(job))
                .findFirst()
                .orElseThrow(() -> new AssertionError(job + " waits: " + plan.waits()));
    }

    public static Wait waiting(Plan plan, String job) {
        return plan.waits().stream()
                .filter(w -> w.job().name().equals(job))
                .findFirst()
                .orElseThrow(() -> new AssertionError(job + " was placed"));
    }
}
