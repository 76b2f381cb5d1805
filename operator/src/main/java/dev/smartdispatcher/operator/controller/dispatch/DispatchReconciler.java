package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.CycleTimer;
import dev.smartdispatcher.operator.controller.DispatcherMetrics;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.JobStatusWriter;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.dispatch.AllocationWriter.Outcome;
import dev.smartdispatcher.operator.controller.dispatch.AllocationWriter.Sent;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.controller.policy.PolicyHealth;
import dev.smartdispatcher.operator.controller.policy.PolicyReport;
import dev.smartdispatcher.operator.controller.policy.QueueSummary;
import dev.smartdispatcher.operator.controller.refusal.ObjectFaults.Subject;
import dev.smartdispatcher.operator.controller.sync.SchedulerSync;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.scheduler.cycle.CyclePhase;
import dev.smartdispatcher.operator.scheduler.cycle.CycleResult;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold;
import dev.smartdispatcher.operator.scheduler.model.AssumedClaims;
import dev.smartdispatcher.operator.scheduler.placement.Decision;
import dev.smartdispatcher.operator.status.StatusFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs the scheduling pass. Its primary is the one DispatchPolicy, to which every event of jobs, workers, nodes and
 * environments is mapped: so cycles never overlap, and what happens during one is looked at in the next.
 */
@ControllerConfiguration(name = "dispatch", generationAwareEventProcessing = false)
public final class DispatchReconciler implements Reconciler<DispatchPolicy> {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchReconciler.class);
    /** A look without an event, for what only time changes: silence, drain deadlines, back-off. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final ClusterView cluster;
    private final SchedulerSync schedulerSync;
    private final WaitReasonQueue waitReasons;
    private final Allocations statuses;
    private final AllocationWriter allocations;
    private final EventRecorder events;
    private final DispatcherMetrics metrics;
    private final Wake<DispatchPolicy> wake;
    private final Wake<BuildWorker> workers;
    private final EvictionGuards guards;
    private final Clock clock;
    private final UnconfirmedWrites unconfirmed = new UnconfirmedWrites();
    private final KubernetesClient client;
    private final PolicyHealth health;
    private final GuardRefusals guardRefusals;
    private final PolicyReport report = new PolicyReport();
    private final DumpRequests dumps;
    /** Scheduling cycles since this replica leads; written by their thread only. */
    private long cycles;

    public DispatchReconciler(
            KubernetesClient client,
            ClusterView cluster,
            JobStatusWriter writer,
            EventRecorder events,
            DispatcherMetrics metrics,
            Wake<DispatchPolicy> wake,
            Wake<BuildWorker> workers,
            ExecutorService writers,
            WorkerHealth workerHealth,
            WorkerAssessments assessments,
            Clock clock) {
        this.cluster = cluster;
        var ledger = new AssumedClaims();
        cluster.closed().decided(ledger::assumesOn);
        this.schedulerSync = new SchedulerSync(cluster, ledger, workerHealth, assessments, metrics);
        this.clock = clock;
        this.statuses = new Allocations(new StatusFactory(clock));
        this.allocations = new AllocationWriter(writer, events, metrics, writers);
        this.waitReasons = new WaitReasonQueue(new WaitReasonWriter(writer, events, clock), writers);
        this.events = events;
        this.metrics = metrics;
        this.wake = wake;
        dumps = new DumpRequests(() -> wake.up(new ResourceID(DispatchPolicy.NAME)));
        this.workers = workers;
        this.client = client;
        this.guardRefusals = new GuardRefusals(cluster.holds());
        this.health = new PolicyHealth(client, cluster, events, new StatusFactory(clock));
        this.guards = new EvictionGuards(client, cluster, ledger, clock);
    }

    @Override
    public List<EventSource<?, DispatchPolicy>> prepareEventSources(EventSourceContext<DispatchPolicy> context) {
        cluster.caches().lendPolicies(context.getPrimaryCache());
        return List.of(
                cluster.informers().makeNamespaces(context), cluster.informers().makeProfiles(context), wake.source());
    }

    @Override
    public UpdateControl<DispatchPolicy> reconcile(DispatchPolicy policy, Context<DispatchPolicy> context) {
        if (!DispatchPolicy.NAME.equals(policy.getMetadata().getName())) {
            events.warning(policy, Reason.IgnoredPolicy, DispatchPolicy.SINGLETON);
            return UpdateControl.noUpdate();
        }
        if (!cluster.synced()) {
            return UpdateControl.<DispatchPolicy>noUpdate().rescheduleAfter(Duration.ofMillis(100));
        }
        try (var logged = MDC.putCloseable(LogKeys.CYCLE, Long.toString(++cycles))) {
            return cycle(policy, clock.instant());
        }
    }

    private UpdateControl<DispatchPolicy> cycle(DispatchPolicy policy, Instant now) {
        health.look(now);
        var timer = new CycleTimer(System::nanoTime);
        var scheduler = schedulerSync.update(now, Optional.ofNullable(policy.getStatus()));
        timer.finished(CyclePhase.SYNC);
        var outcome = scheduler.runCycle(now, Scheduler.MOST_AT_ONCE, timer);
        int placed = write(outcome, now);
        boolean unpublished = waitReasons.publish(outcome.waits(), schedulerSync);
        cluster.reserved().update(scheduler.reservations(), now).forEach(worker -> workers.up(new ResourceID(worker)));
        lowerGuards();
        timer.finished(CyclePhase.WRITE);
        metrics.cycle(timer.nanos());
        LOG.atDebug()
                .addKeyValue(LogKeys.PLACED, placed)
                .addKeyValue(LogKeys.PENDING, scheduler.waiting())
                .log("scheduling cycle ended");
        dumps.answer(cycles, schedulerSync::dump);
        if (outcome.behind() || schedulerSync.syncHeld(now) || unpublished) {
            wake.up(new ResourceID(DispatchPolicy.NAME));
        }
        return report(policy, scheduler, placed, now);
    }

    /** Where to ask for the scheduler's state. */
    public DumpRequests dumps() {
        return dumps;
    }

    /** Writes the new decisions, and again those that may not be. Returns how many were written. */
    private int write(CycleResult outcome, Instant now) {
        outcome.placements().forEach(placement -> schedulerSync.placed(placement, now));
        var decided = new ArrayList<>(unconfirmed.due(d -> schedulerSync.stands(d.decision(), d.job()), now));
        guarded(outcome.decisions(), now)
                .forEach(d -> status(d).ifPresentOrElse(decided::add, () -> schedulerSync.failed(d)));
        var sent = allocations.write(decided);
        unconfirmed.sent(sent, now);
        sent.stream().filter(s -> s.outcome() == Outcome.Refused).forEach(s -> giveUp(s, now));
        unconfirmed.hopeless(now).stream()
                .filter(s -> isUntouched(s.decided().job()))
                .forEach(s -> giveUp(s, now));
        return (int) sent.stream().filter(s -> s.outcome() == Outcome.Written).count();
    }

    /** What the job needs cannot be written: its room is free, and it is tried again after a while. */
    private void giveUp(Sent sent, Instant now) {
        var uid = sent.decided().job().getMetadata().getUid();
        unconfirmed.forget(sent.decided());
        cluster.faults()
                .refused(
                        Subject.job(uid),
                        0,
                        new NamespaceHold.Published(
                                Reason.ApiServerError, "its allocation cannot be written: " + sent.said()),
                        uid,
                        now);
        schedulerSync.failed(sent.decided().decision());
    }

    /**
     * Whether the API server has the job as it was when it was decided on, so that none of the requests that failed was done
     * after all. Should one of them still be on its way, it is found when it shows: by {@code SecondLook}, before there is a pod.
     */
    private boolean isUntouched(BuildJob job) {
        var meta = job.getMetadata();
        try {
            return Optional.ofNullable(client.resources(BuildJob.class)
                            .inNamespace(meta.getNamespace())
                            .withName(meta.getName())
                            .get())
                    .filter(found -> found.getMetadata().getResourceVersion().equals(meta.getResourceVersion()))
                    .isPresent();
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** Empty if its environment or its worker has gone since the scheduling cycle looked. */
    private Optional<DecidedStatus> status(Decision decision) {
        var job = schedulerSync.job(decision);
        if (!schedulerSync.hasWorker(decision)) {
            wake.up(new ResourceID(DispatchPolicy.NAME));
            return Optional.empty();
        }
        return cluster.environment(job.getSpec().environment())
                .map(e -> new DecidedStatus(
                        job, decision, decision.match(place -> statuses.allocated(job, place, e.getSpec()))));
    }

    /** Those whose pods cannot be evicted; the others wait, and their namespace is asked again after a pause. */
    private List<Decision> guarded(List<Decision> decisions, Instant now) {
        var namespaces = decisions.stream().map(d -> d.key().namespace()).collect(Collectors.toSet());
        var failures = guards.raise(namespaces);
        guardRefusals.published(namespaces, failures, now);
        var guarded = new ArrayList<Decision>();
        for (var decision : decisions) {
            var key = decision.key();
            if (failures.containsKey(key.namespace())) {
                guardRefusals.wait(key, failures.get(key.namespace()), now);
                schedulerSync.failed(decision);
            } else {
                guarded.add(decision);
            }
        }
        return guarded;
    }

    private void lowerGuards() {
        try {
            guards.lower().forEach((namespace, failure) -> notLowered("eviction guard of " + namespace, failure));
        } catch (KubernetesClientException e) {
            notLowered("eviction guards", e);
        }
    }

    private static void notLowered(String what, KubernetesClientException e) {
        LOG.atWarn()
                .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                .log("{} not lowered: {}", what, ApiFailure.reason(e));
    }

    private UpdateControl<DispatchPolicy> report(DispatchPolicy policy, Scheduler scheduler, int placed, Instant now) {
        var unready =
                schedulerSync.unready().stream().map(u -> u.waiting().reason()).toList();
        var queue = QueueSummary.summary(
                scheduler.reasons(), scheduler.waiting(), unready, schedulerSync.running() + placed);
        metrics.queue(queue.pending(), queue.running());
        var again = cluster.holds()
                .next(now)
                .map(next -> Duration.between(now, next))
                .filter(left -> left.compareTo(LOOK_AGAIN) < 0)
                .orElse(LOOK_AGAIN);
        if ((!unconfirmed.isEmpty() || schedulerSync.isBehind()) && again.compareTo(UnconfirmedWrites.INTERVAL) > 0) {
            again = UnconfirmedWrites.INTERVAL;
        }
        return report.of(
                policy,
                queue,
                published -> schedulerSync.tenants().usage(published, scheduler, now),
                health.conditions(policy),
                scheduler.countedUse(),
                again,
                now);
    }
}
