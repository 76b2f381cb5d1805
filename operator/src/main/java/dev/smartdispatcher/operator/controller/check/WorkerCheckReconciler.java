package dev.smartdispatcher.operator.controller.check;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.check.WorkerCheckStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.status.StatusFactory;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import dev.smartdispatcher.operator.workload.check.CheckPodRequest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Says of each check whether it can be run and how many workers passed it, notices one that cannot be run on most of its workers, and lets
 * workers and the dispatcher look again when one changes or goes.
 */
@ControllerConfiguration(name = "check", triggerReconcilerOnAllEvents = true)
public final class WorkerCheckReconciler implements Reconciler<WorkerCheck> {
    /** A look without an event, for results that expire. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final ClusterView cluster;
    private final EventRecorder events;
    private final Wake<DispatchPolicy> dispatch;
    private final Wake<BuildWorker> workers;
    private final Wake<WorkerCheck> wake;
    private final StalledChecks stalled;
    private final Function<BuildWorker, WorkerAssessment> assessments;
    private final StatusFactory statuses;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(String uid, long generation) {}

    /** @param assessments of workers now */
    public WorkerCheckReconciler(
            ClusterView cluster,
            EventRecorder events,
            Wake<DispatchPolicy> dispatch,
            Wake<BuildWorker> workers,
            Wake<WorkerCheck> wake,
            StalledChecks stalled,
            Function<BuildWorker, WorkerAssessment> assessments,
            Clock clock) {
        this.cluster = cluster;
        this.events = events;
        this.dispatch = dispatch;
        this.workers = workers;
        this.wake = wake;
        this.stalled = stalled;
        this.assessments = assessments;
        this.statuses = new StatusFactory(clock);
    }

    @Override
    public List<EventSource<?, WorkerCheck>> prepareEventSources(EventSourceContext<WorkerCheck> context) {
        cluster.caches().lendChecks(context.getPrimaryCache());
        return List.of(wake.source());
    }

    @Override
    public UpdateControl<WorkerCheck> reconcile(WorkerCheck check, Context<WorkerCheck> context) {
        if (!cluster.synced()) {
            return UpdateControl.<WorkerCheck>noUpdate().rescheduleAfter(Duration.ofMillis(100));
        }
        var name = check.getMetadata().getName();
        boolean gone = cluster.check(name).isEmpty();
        if (isNews(check, gone)) {
            cluster.changes().everything();
            dispatch.up(new ResourceID(DispatchPolicy.NAME));
            cluster.workers().forEach(worker -> workers.up(ResourceID.fromResource(worker)));
        }
        if (gone) {
            stalled.note(name, false);
            return UpdateControl.noUpdate();
        }
        var definition =
                cluster.checks().stream().filter(d -> d.name().equals(name)).findFirst();
        return definition.isEmpty() ? UpdateControl.noUpdate() : publish(check, definition.get());
    }

    private boolean isNews(WorkerCheck check, boolean gone) {
        var name = check.getMetadata().getName();
        var now = new Seen(check.getMetadata().getUid(), ClusterView.generation(check));
        return gone ? seen.remove(name) != null : !now.equals(seen.put(name, now));
    }

    private UpdateControl<WorkerCheck> publish(WorkerCheck check, CheckDefinition definition) {
        var tally = CheckTally.of(definition, cluster.workers(), assessments);
        if (stalled.note(definition.name(), tally.isStalled())) {
            report(check, tally);
        }
        var before = Optional.ofNullable(check.getStatus()).orElse(new WorkerCheckStatus(null, null));
        var problems = new ArrayList<>(definition.problems());
        if (CheckPodRequest.image(definition, cluster.policy()).isEmpty()) {
            problems.add("spec.image: must be set, since the policy has no defaults.checkImage");
        }
        boolean valid = problems.isEmpty();
        var message = valid ? "it can be run" : String.join("; ", problems);
        var conditions = statuses.with(
                before.conditions(),
                WorkerCheckStatus.VALID,
                valid,
                valid ? Reason.Accepted : Reason.InvalidCheck,
                message,
                definition.generation());
        var after = new WorkerCheckStatus(tally.counts(), conditions);
        if (after.equals(before)) {
            return UpdateControl.<WorkerCheck>noUpdate().rescheduleAfter(LOOK_AGAIN);
        }
        if (!valid && !conditions.equals(before.conditions())) {
            events.warning(check, Reason.InvalidCheck, message);
        }
        var fresh = new WorkerCheck();
        fresh.setMetadata(new ObjectMetaBuilder().withName(definition.name()).build());
        fresh.setStatus(after);
        return UpdateControl.patchStatus(fresh).rescheduleAfter(LOOK_AGAIN);
    }

    private void report(WorkerCheck check, CheckTally tally) {
        var message = "the check " + check.getMetadata().getName() + " cannot be run on " + tally.notRun() + " of its "
                + tally.workers() + " workers: what they have passed counts on. One of them: " + tally.example();
        events.warning(check, Reason.ChecksNotRunning, message);
        cluster.policyInForce().object().ifPresent(policy -> events.warning(policy, Reason.ChecksNotRunning, message));
    }
}
