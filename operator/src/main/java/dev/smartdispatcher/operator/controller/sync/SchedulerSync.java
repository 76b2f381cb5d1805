package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.api.policy.DispatchPolicyStatus;
import dev.smartdispatcher.operator.controller.DispatcherMetrics;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.Changes.JobRef;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.cache.JobProblems;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.controller.past.WarmWorkers;
import dev.smartdispatcher.operator.controller.refusal.ObjectFaults.Subject;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.scheduler.cycle.DumpWindow;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump;
import dev.smartdispatcher.operator.scheduler.intake.Intake;
import dev.smartdispatcher.operator.scheduler.model.AssumedClaims;
import dev.smartdispatcher.operator.scheduler.placement.Decision;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the scheduler up to date with the caches and the assumed claims: looks again at what has changed, and at the few things that
 * change with time alone. Used by the scheduling cycle only, hence by one thread of the leader.
 */
public final class SchedulerSync {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerSync.class);

    private final ClusterView cluster;
    private final AssumedClaims ledger;
    private final WorkerHealth health;
    private final DispatcherMetrics metrics;
    private final JobSync jobViews;
    private final WarmWorkers warm;
    private final WorkerSync workers;
    private final TenantSync tenants;
    private final HoldSync holds;
    private final KnownJobs known = new KnownJobs();
    private final ClaimSync claims;
    private final Map<String, BuildJob> pending = new HashMap<>();
    private final Map<String, Unready> unready = new LinkedHashMap<>();
    private final Set<String> running = new HashSet<>();
    /** Jobs of which something depends on the time: they back off from a worker, or from a quota. */
    private final Set<JobRef> backingOff = new LinkedHashSet<>();

    private Scheduler scheduler;
    private Intake intake;
    private DispatchPolicySpec policy;

    /** A job that cannot be placed whatever the workers, and why. */
    public record Unready(BuildJob job, Waiting waiting) {}

    public SchedulerSync(
            ClusterView cluster,
            AssumedClaims ledger,
            WorkerHealth health,
            WorkerAssessments assessments,
            DispatcherMetrics metrics) {
        this.health = health;
        this.metrics = metrics;
        this.cluster = cluster;
        this.ledger = ledger;
        warm = new WarmWorkers(cluster, assessments);
        jobViews = new JobSync(cluster, warm);
        workers = new WorkerSync(cluster, assessments);
        tenants = new TenantSync(cluster);
        holds = new HoldSync(cluster.holds());
        claims = new ClaimSync(cluster, ledger);
    }

    /** Returns the scheduler, up to date with the caches. Not while decisions are being written. */
    public Scheduler update(Instant now, Optional<DispatchPolicyStatus> status) {
        var taken = cluster.changes().take();
        if (scheduler == null) {
            begin(now, status);
        } else {
            scheduler.advance(now);
        }
        holds.takeTurns(scheduler, now);
        if (taken.everything() || !cluster.policy().equals(policy)) {
            everything(now);
        } else {
            workers.publish(taken.workers(), scheduler);
            var jobs = new LinkedHashSet<>(taken.jobs());
            jobs.addAll(backingOff);
            look(jobs, now);
            lookAtWarmed(now);
        }
        quarantine();
        holds.publish(scheduler, now);
        return scheduler;
    }

    /** Closes the workers that have earned it, before anything more is placed there. */
    private void quarantine() {
        var begun = health.quarantine(scheduler::couldDoWithout);
        begun.values().forEach(metrics::quarantineBegun);
        metrics.health(health.suspect(), health.quarantined());
        if (!begun.isEmpty()) {
            workers.publish(begun.keySet(), scheduler);
        }
    }

    private void begin(Instant now, Optional<DispatchPolicyStatus> status) {
        scheduler = new Scheduler(cluster.policy().modePenaltyPercent(), tenants.shares(), now);
        intake = new Intake(scheduler);
        policy = cluster.policy();
        status.ifPresent(s -> scheduler.restore(TenantSync.past(s)));
        scheduler.restoreReservations(ReservationSync.past(cluster, now));
    }

    private void everything(Instant now) {
        if (!cluster.policy().modePenaltyPercent().equals(policy.modePenaltyPercent())) {
            var before = scheduler;
            scheduler = new Scheduler(cluster.policy().modePenaltyPercent(), tenants.shares(), now);
            intake = new Intake(scheduler);
            scheduler.restore(before.usage());
            scheduler.restoreReservations(before.terms());
            workers.publishUnknown(scheduler);
            claims.clear();
        }
        policy = cluster.policy();
        scheduler.share(tenants.shares());
        workers.publish(workers.names(), scheduler);
        var jobs = new LinkedHashMap<String, JobRef>(known.byUid());
        cluster.jobs().map(JobRef::of).forEach(job -> jobs.put(job.uid(), job));
        cluster.pods().flatMap(pod -> JobRef.of(pod).stream()).forEach(job -> jobs.putIfAbsent(job.uid(), job));
        claims.jobs().forEach(job -> jobs.putIfAbsent(job.uid(), job));
        // Those that room is reserved for first: they keep it only while the scheduler knows them.
        var inOrder = new LinkedHashMap<String, JobRef>();
        scheduler.reserved().keySet().forEach(uid -> Optional.ofNullable(jobs.get(uid))
                .ifPresent(job -> inOrder.put(uid, job)));
        jobs.forEach(inOrder::putIfAbsent);
        cluster.jobs().forEach(warm::learn);
        look(inOrder.values(), now);
    }

    /** Those that waited before: an attempt that ends tells where others like it start well. */
    private void lookAtWarmed(Instant now) {
        var kinds = warm.takeChanged();
        if (!kinds.isEmpty()) {
            look(
                    pending.values().stream()
                            .filter(job -> WarmWorkers.Kind.of(job).anyMatch(kinds::contains))
                            .map(JobRef::of)
                            .toList(),
                    now);
        }
    }

    private void look(Collection<JobRef> jobs, Instant now) {
        jobs.forEach(job -> syncAlone(job, now));
    }

    /** An unforeseen failure over one job does not end the scheduling cycle, which looks at all jobs. */
    private void syncAlone(JobRef job, Instant now) {
        try {
            look(job, now);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue(LogKeys.JOB, job.namespace() + "/" + job.name())
                    .setCause(e)
                    .log("the job cannot be judged, it waits until it is changed");
            pending.remove(job.uid());
            scheduler.removeJob(job.uid());
            cluster.job(job.namespace(), job.name())
                    .filter(j -> j.getStatus() == null || j.getStatus().pending())
                    .ifPresent(j -> unready.put(
                            job.uid(), new Unready(j, Waiting.of(Reason.InvalidSpec, "cannot be judged: " + e))));
        }
    }

    private void look(JobRef published, Instant now) {
        var ref = known.find(published.uid()).orElse(published);
        var job = cluster.job(ref.namespace(), ref.name())
                .filter(j -> j.getMetadata().getUid().equals(ref.uid()));
        // A job that is in the place of another one: there may have been no event that the other is gone.
        job.ifPresentOrElse(j -> known.add(ref).ifPresent(replaced -> look(replaced, now)), () -> forget(ref));
        claims.sync(ref.uid(), job, scheduler, now);
        job.ifPresent(warm::learn);
        var status = job.flatMap(j -> Optional.ofNullable(j.getStatus())).orElse(BuildJobStatus.EMPTY);
        running.remove(ref.uid());
        backingOff.remove(ref);
        unready.remove(ref.uid());
        if (status.liveAttempt().isPresent()) {
            running.add(ref.uid());
        }
        var view = job.filter(j -> waits(j, status)).map(j -> jobViews.of(j, status, scheduler::matching, now));
        view.flatMap(WaitingJob::pending)
                .ifPresentOrElse(
                        p -> {
                            pending.put(ref.uid(), job.orElseThrow());
                            tenants.meet(p.tenant(), scheduler);
                            intake.put(p);
                        },
                        () -> {
                            pending.remove(ref.uid());
                            intake.remove(ref.namespace(), ref.uid());
                        });
        view.flatMap(WaitingJob::obstacle)
                .ifPresent(obstacle -> unready.put(ref.uid(), new Unready(job.orElseThrow(), obstacle)));
        if (view.isPresent() && dependsOnTime(status, view.get())) {
            backingOff.add(ref);
        }
    }

    private void forget(JobRef job) {
        known.remove(job);
        cluster.holds().gaveUp(job.namespace(), job.uid());
        cluster.faults().forget(Subject.job(job.uid()));
    }

    private static boolean dependsOnTime(BuildJobStatus status, WaitingJob view) {
        return !status.attempts().isEmpty() || view.passes();
    }

    private boolean waits(BuildJob job, BuildJobStatus status) {
        return status.pending()
                && status.liveAttempt().isEmpty()
                && job.getMetadata().getDeletionTimestamp() == null
                && !ledger.assumes(job.getMetadata().getUid())
                && cluster.unrecordedPods(job, status).isEmpty()
                && JobProblems.ofRecord(job).isEmpty()
                && JobProblems.of(job).isEmpty();
    }

    /** The scheduler has placed a job, and the allocation is being written. */
    public void placed(Placement placement, Instant now) {
        var claim = placement.claim();
        cluster.holds().trying(claim.tenant(), claim.id().jobUid(), now);
        intake.remove(placement.job().tenant(), placement.job().key().uid());
        claims.placed(claim, pending.get(claim.id().jobUid()));
    }

    /** Whether a decision that was made on this version of its job may still take effect. */
    public boolean stands(Decision decision, BuildJob basis) {
        return ledger.assumes(decision.claim().id(), basis.getMetadata().getResourceVersion());
    }

    /** The decision is not written, and will not be: the next cycle looks at the job again. */
    public void failed(Decision decision) {
        ledger.forget(decision.claim().id());
        cluster.holds().gaveUp(decision.claim().tenant(), decision.claim().id().jobUid());
        // It may have been looked at since it was placed: then it waits no longer.
        var key = decision.key();
        cluster.changes().job(new JobRef(key.namespace(), key.name(), key.uid()));
    }

    /** Whether the decision's worker is still there; if not, it is looked at again in the next cycle. */
    public boolean hasWorker(Decision decision) {
        var worker = decision.claim().worker();
        boolean there = cluster.worker(worker).isPresent();
        if (!there) {
            cluster.changes().worker(worker);
        }
        return there;
    }

    /** The job as it was when it was decided on. */
    public BuildJob job(Decision decision) {
        return pending.get(decision.key().uid());
    }

    /** A waiting job that the scheduler knows, as of the last look; empty for all others. */
    public Optional<BuildJob> job(String uid) {
        return Optional.ofNullable(pending.get(uid)).filter(job -> !intake.isHeld(uid));
    }

    /** Looks, after a scheduling cycle, at jobs beyond the intake; returns whether the next cycle may place some of them. */
    public boolean syncHeld(Instant now) {
        return intake.look(now);
    }

    /** Whether jobs beyond the intake are still to be looked at, in a second or so. */
    public boolean isBehind() {
        return intake.isBehind();
    }

    /** What the last scheduling cycle left. */
    public SchedulerDump dump(DumpWindow window) {
        return scheduler.dump(
                window, uid -> known.find(uid).map(job -> job.namespace() + "/" + job.name()), intake::heldJobs);
    }

    /** Whether a job waits, ready or not. */
    public boolean waits(String uid) {
        return pending.containsKey(uid) || unready.containsKey(uid);
    }

    /** Jobs that cannot be placed whatever the workers, or that are beyond the intake. */
    public List<Unready> unready() {
        return Stream.concat(
                        unready.values().stream(),
                        intake.held().map(uid -> new Unready(pending.get(uid), BeyondIntake.WAITING)))
                .toList();
    }

    /** Number of jobs with a live attempt. */
    public int running() {
        return running.size();
    }

    public TenantSync tenants() {
        return tenants;
    }
}
