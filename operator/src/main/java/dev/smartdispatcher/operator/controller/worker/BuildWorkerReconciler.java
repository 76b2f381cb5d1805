package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.api.worker.Quarantine;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.cache.ObservedClaims;
import dev.smartdispatcher.operator.controller.check.CheckRunner;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.controller.volume.CacheRemoval;
import dev.smartdispatcher.operator.controller.worker.WorkerConditions.Occupancy;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.worker.RunningBuild;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import dev.smartdispatcher.operator.worker.Workers;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a worker's budget, allocation and conditions true. Dispatching does not wait for it: the scheduling cycle judges a worker by
 * the same rules from the same caches.
 */
@ControllerConfiguration(
        name = "worker",
        generationAwareEventProcessing = false,
        fieldManager = BuildWorkerReconciler.FIELD_MANAGER)
public final class BuildWorkerReconciler implements Reconciler<BuildWorker> {
    public static final String FIELD_MANAGER = "smart-dispatcher-operator";

    private static final Logger LOG = LoggerFactory.getLogger(BuildWorkerReconciler.class);
    /** A look without an event, for what only time changes. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    /** A scheduling cycle, and the answer to what it wrote, are awaited to say that a worker is drained. */
    private static final Duration UNSETTLED = Duration.ofMillis(200);

    /** A result is written: what follows from it is next, as the deletion of its pod. */
    private static final Duration AFTER_CHECK = Duration.ofMillis(200);

    private final ClusterView cluster;
    private final EventRecorder events;
    private final Wake<DispatchPolicy> dispatch;
    private final Wake<BuildWorker> wake;
    private final Wake<BuildJob> jobs;
    private final CacheRemoval caches;
    private final WorkerHealth health;
    private final WorkerAssessments assessments;
    private final CheckRunner checks;
    private final WorkerConditions conditions;
    private final Function<String, List<RunningBuild>> running;
    private final EvictionRelease evictions;
    private final WriteThrottle throttle;
    private final Clock clock;

    /** @param running the builds on a worker whose jobs are known */
    public BuildWorkerReconciler(
            ClusterView cluster,
            EventRecorder events,
            Wake<DispatchPolicy> dispatch,
            Wake<BuildWorker> wake,
            Wake<BuildJob> jobs,
            CacheRemoval caches,
            WorkerHealth health,
            WorkerAssessments assessments,
            CheckRunner checks,
            Function<String, List<RunningBuild>> running,
            EvictionRelease evictions,
            Clock clock) {
        this.cluster = cluster;
        this.events = events;
        this.dispatch = dispatch;
        this.wake = wake;
        this.jobs = jobs;
        this.caches = caches;
        this.health = health;
        this.assessments = assessments;
        this.checks = checks;
        this.conditions = new WorkerConditions(clock);
        this.running = running;
        this.evictions = evictions;
        this.throttle = new WriteThrottle(clock);
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, BuildWorker>> prepareEventSources(EventSourceContext<BuildWorker> context) {
        var informers = cluster.informers();
        cluster.caches().lendWorkers(context.getPrimaryCache());
        return List.of(
                informers.makeNodes(context),
                informers.makeOtherPods(context),
                informers.makeCaches(context),
                informers.makeCheckPods(context),
                wake.source());
    }

    @Override
    public UpdateControl<BuildWorker> reconcile(BuildWorker worker, Context<BuildWorker> context) {
        if (!cluster.synced()) {
            return UpdateControl.<BuildWorker>noUpdate().rescheduleAfter(Duration.ofMillis(100));
        }
        var name = worker.getMetadata().getName();
        var now = clock.instant();
        var assessment = assessments.of(worker);
        // Before the caches are asked for what is allocated: what leaves the ledger meanwhile is there by then.
        boolean settled = cluster.closed().isSettled(name, isDrained(worker));
        var claims = ObservedClaims.on(name, cluster);
        if (assessment.schedulability().stopsNow(now)) {
            cluster.jobsOn(name).forEach(job -> jobs.up(ResourceID.fromResource(job)));
        }
        caches.look(worker);
        evictions.look(worker);
        cluster.changes().worker(name);
        dispatch.up(new ResourceID(DispatchPolicy.NAME));
        var occupancy = new Occupancy(
                claims.size(), settled, assessment.schedulability().draining() ? running.apply(name) : List.of());
        return publish(worker, assessment, claims, occupancy, checks.look(worker, assessment));
    }

    private static boolean isDrained(BuildWorker worker) {
        return Optional.ofNullable(worker.getStatus())
                .flatMap(status -> status.condition(BuildWorkerStatus.DRAINED))
                .filter(Condition::holds)
                .isPresent();
    }

    private UpdateControl<BuildWorker> publish(
            BuildWorker worker,
            WorkerAssessment assessment,
            List<Claim> claims,
            Occupancy occupancy,
            List<CheckResult> results) {
        var again = assessment.schedulability().draining() && claims.isEmpty() && !occupancy.settled()
                ? UNSETTLED
                : LOOK_AGAIN;
        var before = Optional.ofNullable(worker.getStatus()).orElse(BuildWorkerStatus.EMPTY);
        var allocation = ObservedClaims.together(claims);
        var after = before.with()
                .hostArch(assessment.worker().map(w -> w.hostArch().name()).orElse(null))
                .checks(results)
                .budget(assessment.budget().map(Workers::amounts).orElse(null))
                .allocation(Workers.amounts(allocation))
                .reservedFor(
                        cluster.reserved().on(worker.getMetadata().getName()).orElse(null))
                .quarantine(
                        assessment.health().quarantine().equals(Quarantine.NONE)
                                ? null
                                : assessment.health().quarantine())
                .conditions(conditions.of(
                        before.conditions(),
                        assessment.schedulability(),
                        assessment.skew(),
                        assessment.health(),
                        health.problems(worker),
                        occupancy,
                        worker.getMetadata().getGeneration()))
                .build();
        var name = worker.getMetadata().getName();
        if (after.equals(before)) {
            throttle.none(name);
            return UpdateControl.<BuildWorker>noUpdate().rescheduleAfter(again);
        }
        if (saysTheSame(before, after)) {
            var left = throttle.left(name);
            if (!left.isZero()) {
                return UpdateControl.<BuildWorker>noUpdate().rescheduleAfter(left);
            }
        }
        throttle.none(name);
        report(worker, before, after);
        reportProblems(worker, before);
        var fresh = new BuildWorker();
        fresh.setMetadata(
                new ObjectMetaBuilder().withName(worker.getMetadata().getName()).build());
        // Only the operator's fields: the agent's are another field manager's.
        fresh.setStatus(after.withAgent(null));
        return UpdateControl.patchStatus(fresh).rescheduleAfter(before.checks().equals(results) ? again : AFTER_CHECK);
    }

    /**
     * Whether only amounts, given or reserved, differ, and words that name them: nobody waits for these as one does for a
     * condition.
     */
    private static boolean saysTheSame(BuildWorkerStatus before, BuildWorkerStatus after) {
        return before.allocation() != null
                && Objects.equals(before.hostArch(), after.hostArch())
                && Objects.equals(before.budget(), after.budget())
                && before.checks().equals(after.checks())
                && Objects.equals(before.quarantine(), after.quarantine())
                && Objects.equals(health(before), health(after))
                && after.conditions().stream().allMatch(now -> before.condition(now.type())
                        .filter(old ->
                                old.status() == now.status() && old.reason().equals(now.reason()))
                        .isPresent());
    }

    private static String health(BuildWorkerStatus status) {
        return status.condition(BuildWorkerStatus.HEALTHY)
                .map(Condition::message)
                .orElse("");
    }

    /** An Event and a log line when a worker begins or ceases to take jobs, is drained, or has a wrong clock. */
    private void report(BuildWorker worker, BuildWorkerStatus before, BuildWorkerStatus after) {
        for (var now : after.conditions()) {
            var type = now.type();
            var old = before.condition(type);
            var news = type.equals(BuildWorkerStatus.SCHEDULABLE)
                    ? old.map(o -> !o.reason().equals(now.reason())).orElse(true)
                    : type.equals(BuildWorkerStatus.HEALTHY)
                            ? isNewsOfHealth(old, now)
                            : (now.holds() || blocks(now))
                                    && !old.filter(c -> c.reason().equals(now.reason()))
                                            .isPresent();
            if (news) {
                var reason = Reason.valueOf(now.reason());
                LOG.atInfo()
                        .addKeyValue(LogKeys.WORKER, worker.getMetadata().getName())
                        .addKeyValue(LogKeys.REASON, reason)
                        .log(type + "=" + now.status());
                if (isWarning(now) && reason != Reason.Draining) {
                    events.warning(worker, reason, now.message());
                } else {
                    events.normal(worker, reason, now.message());
                }
            }
        }
    }

    /** Whether builds keep a worker from being drained. */
    private static boolean blocks(Condition condition) {
        return condition.type().equals(BuildWorkerStatus.DRAINED)
                && condition.reason().equals(Reason.BuildsRunning.name());
    }

    /** Once: the condition goes on saying it. */
    private void reportProblems(BuildWorker worker, BuildWorkerStatus before) {
        var said = health(before);
        health.problems(worker).stream()
                .filter(problem -> !said.contains(problem))
                .forEach(problem -> events.warning(worker, Reason.InvalidAnnotation, problem));
    }

    /** Of a quarantine Schedulable tells already. */
    private static boolean isNewsOfHealth(Optional<Condition> old, Condition now) {
        return !now.reason().equals(Reason.Quarantined.name())
                && !old.map(Condition::reason).orElse(Reason.NoSuspicion.name()).equals(now.reason());
    }

    private static boolean isWarning(Condition condition) {
        if (condition.type().equals(BuildWorkerStatus.HEALTHY)) {
            return condition.reason().equals(Reason.Suspect.name());
        }
        return condition.type().equals(BuildWorkerStatus.SCHEDULABLE)
                ? !condition.holds()
                : condition.type().equals(BuildWorkerStatus.CLOCK_SKEWED);
    }
}
