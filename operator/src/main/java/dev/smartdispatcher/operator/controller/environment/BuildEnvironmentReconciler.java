package dev.smartdispatcher.operator.controller.environment;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.Sentence;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.environment.BuildEnvironmentStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.refusal.ImageOutages;
import dev.smartdispatcher.operator.controller.refusal.ObjectFaults.Subject;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says of each environment whether jobs can use it, and lets the dispatcher look again when one changes or goes. */
@ControllerConfiguration(name = "environment", triggerReconcilerOnAllEvents = true)
public final class BuildEnvironmentReconciler implements Reconciler<BuildEnvironment> {
    private final ClusterView cluster;
    private final EventRecorder events;
    private final Wake<DispatchPolicy> dispatch;
    private final Wake<BuildEnvironment> wake;
    private final StatusFactory statuses;

    public BuildEnvironmentReconciler(
            ClusterView cluster,
            EventRecorder events,
            Wake<DispatchPolicy> dispatch,
            Wake<BuildEnvironment> wake,
            Clock clock) {
        this.cluster = cluster;
        this.events = events;
        this.dispatch = dispatch;
        this.wake = wake;
        this.statuses = new StatusFactory(clock);
    }

    @Override
    public List<EventSource<?, BuildEnvironment>> prepareEventSources(EventSourceContext<BuildEnvironment> context) {
        cluster.caches().lendEnvironments(context.getPrimaryCache());
        return List.of(wake.source());
    }

    @Override
    public UpdateControl<BuildEnvironment> reconcile(BuildEnvironment environment, Context<BuildEnvironment> context) {
        cluster.changes().everything();
        dispatch.up(new ResourceID(DispatchPolicy.NAME));
        cluster.images()
                .keepOnly(cluster.environments()
                        .filter(e -> Unreadable.of(e, "spec").isEmpty())
                        .flatMap(e -> ImageOutages.of(e.getSpec(), Optional.empty()).stream())
                        .collect(Collectors.toSet()));
        if (cluster.environment(environment.getMetadata().getName()).isEmpty()) {
            // It is gone, and the waiting jobs get that as their reason.
            return UpdateControl.noUpdate();
        }
        var before = Optional.ofNullable(environment.getStatus()).orElse(new BuildEnvironmentStatus(null));
        var problems = new ArrayList<>(EnvironmentProblems.of(environment));
        var reason = problems.isEmpty() ? Reason.InvalidEnvironment : Reason.InvalidRule;
        cluster.faults()
                .of(Subject.environment(environment.getMetadata().getName()), ClusterView.generation(environment))
                .ifPresent(published ->
                        problems.add("the API server refuses objects made from it: " + published.message()));
        var valid = statuses.with(
                before.conditions(),
                BuildEnvironmentStatus.VALID,
                problems.isEmpty(),
                problems.isEmpty() ? Reason.Accepted : reason,
                problems.isEmpty() ? "jobs can use it" : String.join("; ", problems),
                environment.getMetadata().getGeneration());
        var after = new BuildEnvironmentStatus(problems.isEmpty() ? withImage(environment, valid) : valid);
        if (after.equals(before)) {
            return UpdateControl.noUpdate();
        }
        if (!problems.isEmpty()) {
            events.warning(environment, reason, String.join("; ", problems));
        }
        publishImage(environment, before, after);
        var fresh = new BuildEnvironment();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(environment.getMetadata().getName())
                .build());
        fresh.setStatus(after);
        return UpdateControl.patchStatus(fresh);
    }

    /** Of an image that nobody has missed nothing is said; after a restart what was said holds until one has started. */
    private List<Condition> withImage(BuildEnvironment environment, List<Condition> conditions) {
        var images = ImageOutages.of(environment.getSpec(), Optional.empty());
        var out = cluster.images().out(images);
        var generation = environment.getMetadata().getGeneration();
        if (out.isPresent()) {
            return statuses.with(
                    conditions,
                    BuildEnvironmentStatus.IMAGE_AVAILABLE,
                    false,
                    out.get().reason(),
                    Sentence.of(out.get().message()),
                    generation);
        }
        var said = conditions.stream().anyMatch(c -> c.type().equals(BuildEnvironmentStatus.IMAGE_AVAILABLE));
        return said && cluster.images().haveStarted(images)
                ? statuses.with(
                        conditions,
                        BuildEnvironmentStatus.IMAGE_AVAILABLE,
                        true,
                        Reason.ImagePulled,
                        "a build of it has started",
                        generation)
                : conditions;
    }

    /** Once, when it begins. */
    private void publishImage(
            BuildEnvironment environment, BuildEnvironmentStatus before, BuildEnvironmentStatus after) {
        var out = missing(after);
        if (out.isPresent() && missing(before).isEmpty()) {
            events.warning(
                    environment, Reason.valueOf(out.get().reason()), out.get().message());
        }
    }

    private static Optional<Condition> missing(BuildEnvironmentStatus status) {
        return status.conditions().stream()
                .filter(c -> c.type().equals(BuildEnvironmentStatus.IMAGE_AVAILABLE) && !c.holds())
                .findFirst();
    }
}
