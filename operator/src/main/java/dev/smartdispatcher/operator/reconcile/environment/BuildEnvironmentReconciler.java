package dev.smartdispatcher.operator.reconcile.environment;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.environment.BuildEnvironmentStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.EnvironmentProblems;
import dev.smartdispatcher.operator.reconcile.EventRecorder;
import dev.smartdispatcher.operator.reconcile.Wake;
import dev.smartdispatcher.operator.status.StatusFactory;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Says of each environment whether jobs can use it, and lets the dispatcher look again when one changes or goes. */
@ControllerConfiguration(name = "environment", triggerReconcilerOnAllEvents = true)
public final class BuildEnvironmentReconciler implements Reconciler<BuildEnvironment> {
    private final Caches caches;
    private final EventRecorder events;
    private final Wake<DispatchPolicy> dispatch;
    private final StatusFactory statuses;

    public BuildEnvironmentReconciler(Caches caches, EventRecorder events, Wake<DispatchPolicy> dispatch, Clock clock) {
        this.caches = caches;
        this.events = events;
        this.dispatch = dispatch;
        this.statuses = new StatusFactory(clock);
    }

    @Override
    public List<EventSource<?, BuildEnvironment>> prepareEventSources(EventSourceContext<BuildEnvironment> context) {
        caches.lendEnvironments(context.getPrimaryCache());
        return List.of();
    }

    @Override
    public UpdateControl<BuildEnvironment> reconcile(BuildEnvironment environment, Context<BuildEnvironment> context) {
        caches.changes().everything();
        dispatch.up(new ResourceID(DispatchPolicy.NAME));
        if (caches.environment(environment.getMetadata().getName()).isEmpty()) {
            // It is gone, which those that wait for a worker are told of.
            return UpdateControl.noUpdate();
        }
        var before = Optional.ofNullable(environment.getStatus()).orElse(new BuildEnvironmentStatus(null));
        var problems = EnvironmentProblems.of(environment);
        var after = new BuildEnvironmentStatus(statuses.with(
                before.conditions(),
                BuildEnvironmentStatus.VALID,
                problems.isEmpty(),
                problems.isEmpty() ? Reason.Accepted : Reason.InvalidRule,
                problems.isEmpty() ? "jobs can use it" : String.join("; ", problems),
                environment.getMetadata().getGeneration()));
        if (after.equals(before)) {
            return UpdateControl.noUpdate();
        }
        if (!problems.isEmpty()) {
            events.warning(environment, Reason.InvalidRule, String.join("; ", problems));
        }
        var fresh = new BuildEnvironment();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(environment.getMetadata().getName())
                .build());
        fresh.setStatus(after);
        return UpdateControl.patchStatus(fresh);
    }
}
