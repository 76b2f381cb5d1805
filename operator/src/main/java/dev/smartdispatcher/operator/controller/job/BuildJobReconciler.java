package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.attempt.Observation;
import dev.smartdispatcher.operator.attempt.StopRequest;
import dev.smartdispatcher.operator.attempt.start.StartHistory;
import dev.smartdispatcher.operator.client.ServerClock;
import dev.smartdispatcher.operator.controller.DispatcherMetrics;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.JobStatusWriter;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.Changes.JobRef;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.cache.JobProblems;
import dev.smartdispatcher.operator.controller.environment.EnvironmentImages;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.controller.job.removal.Expiry;
import dev.smartdispatcher.operator.controller.job.removal.PodRemovals;
import dev.smartdispatcher.operator.controller.job.removal.StrayPods;
import dev.smartdispatcher.operator.controller.profile.ProfileLearner;
import dev.smartdispatcher.operator.controller.profile.ProfileWriter;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Leads a job through its life: refuses a spec that breaks a rule, runs what the dispatcher has allocated, records what
 * became of it, and deletes it in the end. Where a job waits for a worker there is nothing to do here.
 */
@ControllerConfiguration(name = "job", generationAwareEventProcessing = false, triggerReconcilerOnAllEvents = true)
public final class BuildJobReconciler implements Reconciler<BuildJob> {
    private static final Duration SOON = Duration.ofMillis(100);

    private final Clock clock;
    private final ClusterView cluster;
    private final JobStatusWriter writer;
    private final Wake<DispatchPolicy> dispatch;
    private final Wake<BuildWorker> workers;
    private final Wake<BuildJob> wake;
    private final WorkerHealth health;
    private final LiveAttempts live;
    private final AttemptPods pods;
    private final PodRemovals removals;
    private final Deadlines deadlines;
    private final MountFailures mounts;
    private final EnvironmentImages images;
    private final Expiry expiry;
    private final UnreadableJobs held;
    private final RecreatedJobs recreatedJobs;
    private final ProfileLearner profiles;

    public BuildJobReconciler(
            KubernetesClient client,
            ClusterView cluster,
            JobStatusWriter writer,
            EventRecorder events,
            DispatcherMetrics metrics,
            Wake<DispatchPolicy> dispatch,
            Wake<BuildWorker> workers,
            Wake<BuildJob> wake,
            Wake<BuildEnvironment> environments,
            WorkerHealth health,
            WorkerAssessments assessments,
            ProfileWriter profiles,
            ServerClock server,
            Clock clock) {
        this.clock = clock;
        this.cluster = cluster;
        this.writer = writer;
        this.dispatch = dispatch;
        this.workers = workers;
        this.wake = wake;
        this.health = health;
        this.live = new LiveAttempts(writer, events, metrics, new Excuses(cluster, health, assessments, clock), clock);
        this.removals = new PodRemovals(client, events, assessments, clock);
        this.pods = new AttemptPods(client, cluster, live, events, assessments, environments, removals, server, clock);
        this.deadlines = new Deadlines(client);
        this.mounts = new MountFailures(client, clock);
        this.images = new EnvironmentImages(cluster, environments, clock);
        this.held = new UnreadableJobs(events);
        this.expiry = new Expiry(client, cluster, clock);
        this.recreatedJobs = new RecreatedJobs(cluster::job);
        this.profiles = new ProfileLearner(cluster, assessments, profiles);
    }

    @Override
    public List<EventSource<?, BuildJob>> prepareEventSources(EventSourceContext<BuildJob> context) {
        cluster.caches().lendJobs(context.getPrimaryCache());
        var source = cluster.informers().makePods(context);
        pods.remember(source);
        return List.of(source, wake.source(), recreatedJobs);
    }

    @Override
    public UpdateControl<BuildJob> reconcile(BuildJob job, Context<BuildJob> context) {
        if (!cluster.synced()) {
            return UpdateControl.<BuildJob>noUpdate().rescheduleAfter(SOON);
        }
        pods.begin();
        var status = Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
        status.lastAttempt().map(Attempt::worker).ifPresent(w -> workers.up(new ResourceID(w)));
        cluster.changes().job(JobRef.of(job));
        dispatch.up(new ResourceID(DispatchPolicy.NAME));
        writer.shown(job);
        if (context.isPrimaryResourceDeleted()) {
            recreatedJobs.expect(
                    job.getMetadata().getNamespace(), job.getMetadata().getName());
        }
        if (isGone(job, context)) {
            pods.forget(job);
            mounts.forget(job);
            removals.forget(job);
            held.forget(job);
            profiles.forget(job);
            health.forget(job);
            writer.gone(job);
            return UpdateControl.noUpdate();
        }
        if (held.holds(job)) {
            return UpdateControl.noUpdate();
        }
        profiles.look(job, status);
        health.look(job, status);
        var due = removals.withdraw(job, context.getSecondaryResources(Pod.class));
        var control = lead(job, status);
        return Stream.of(due, removals.again(job))
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .map(next -> lookBy(next, control))
                .orElse(control);
    }

    private static UpdateControl<BuildJob> lookBy(Duration next, UpdateControl<BuildJob> control) {
        return control.getScheduleDelay()
                        .filter(delay -> delay <= next.toMillis())
                        .isPresent()
                ? control
                : control.rescheduleAfter(next);
    }

    private UpdateControl<BuildJob> lead(BuildJob job, BuildJobStatus status) {
        if (job.isMarkedForDeletion()) {
            return progress(job, status);
        }
        if (live.observed(job, status)) {
            // Goes on with the event of this write, or of the one that came before it.
            return UpdateControl.noUpdate();
        }
        if (status.finished()) {
            return UpdateControl.<BuildJob>noUpdate().rescheduleAfter(expiry.look(job));
        }
        var problems = JobProblems.of(job);
        if (!problems.isEmpty() && status.liveAttempt().isEmpty()) {
            live.refused(job, status, String.join("; ", problems));
            return UpdateControl.noUpdate();
        }
        return progress(job, status);
    }

    /** The framework says so too of a job that was created under the name of one that had just been deleted. */
    private boolean isGone(BuildJob job, Context<BuildJob> context) {
        var meta = job.getMetadata();
        return context.isPrimaryResourceDeleted()
                && cluster.job(meta.getNamespace(), meta.getName())
                        .filter(j -> j.getMetadata().getUid().equals(meta.getUid()))
                        .isEmpty();
    }

    private UpdateControl<BuildJob> progress(BuildJob job, BuildJobStatus status) {
        return status.liveAttempt()
                .map(attempt -> advance(job, attempt))
                .orElseGet(() -> await(job, status))
                .map(again -> UpdateControl.<BuildJob>noUpdate().rescheduleAfter(again))
                .orElseGet(UpdateControl::noUpdate);
    }

    /** When to look at a job that waits: it may be for its start, and not for ever. */
    private Optional<Duration> await(BuildJob job, BuildJobStatus status) {
        if (job.isMarkedForDeletion()) {
            return Optional.empty();
        }
        var stop = StopRequest.of(job.getSpec()).filter(StopRequest::isFinal);
        if (stop.isPresent()) {
            live.cancelled(job, status, stop.get().message());
            return Optional.empty();
        }
        var late = pods.settle(job, status);
        if (late.isPresent()) {
            return late;
        }
        if (isStartOverdue(job, status)) {
            live.startOverdue(job);
            return Optional.empty();
        }
        return new StartHistory(status.attempts()).untilDeadline(job.getSpec(), clock.instant());
    }

    private boolean isStartOverdue(BuildJob job, BuildJobStatus status) {
        return new StartHistory(status.attempts())
                .deadline(job.getSpec())
                .filter(time -> !clock.instant().isBefore(time))
                .isPresent();
    }

    /** One step of a live attempt; when to look again without an event, if at all. */
    private Optional<Duration> advance(BuildJob job, Attempt attempt) {
        var pod = pods.find(job, attempt);
        if (pod.isEmpty()) {
            return pods.wasThere(job, attempt)
                    ? closed(job, attempt, live.observer().gone(attempt))
                    : absent(job, attempt);
        }
        if (StrayPods.disproves(job, attempt, pod.get())) {
            // Its going is an event.
            return Optional.empty();
        }
        if (removals.stopped().stopIfDue(job, attempt, pod.get())) {
            return Optional.empty();
        }
        var published = deadlines.follow(job, pod.get());
        return live.observer().observe(pod.get(), job.getStatus().allocation()).accept(new Observation.Visitor<>() {
            @Override
            public Optional<Duration> notStarted(Observation.NotStarted observation) {
                if (observation.late()) {
                    pods.mend(job, pod.get());
                }
                if (!pod.get().isMarkedForDeletion()) {
                    var obstacle = mounts.obstacle(job, pod.get(), observation);
                    if (obstacle.filter(o -> o.reason().isHopeless()).isPresent()) {
                        return stuck(new Observation.Stuck(obstacle.get()));
                    }
                    obstacle.ifPresent(o -> live.hindered(job, attempt, o));
                }
                return isStartOverdue(job, job.getStatus())
                        ? pods.giveUp(job, pod.get(), "the job waited too long for its start")
                        : Optional.of(AttemptPods.LOOK_AT_PENDING);
            }

            @Override
            public Optional<Duration> stuck(Observation.Stuck observation) {
                var obstacle = mounts.named(job, pod.get(), observation.obstacle());
                var known = pod.get().isMarkedForDeletion() || live.hindered(job, attempt, obstacle);
                return known ? pods.giveUp(job, pod.get(), obstacle.message()) : Optional.of(AttemptPods.SOON);
            }

            @Override
            public Optional<Duration> running(Observation.Running observation) {
                mounts.forget(job);
                pods.started(pod.get());
                live.started(job, attempt, observation.start());
                if (attempt.startTime() == null) {
                    images.started(job, attempt, pod.get());
                }
                return published ? Optional.empty() : Optional.of(AttemptPods.LOOK_AT_PENDING);
            }

            @Override
            public Optional<Duration> ending(Observation.Ending observation) {
                return Optional.of(AttemptPods.SOON);
            }

            @Override
            public Optional<Duration> ended(Observation.Ended observation) {
                return closed(job, attempt, live.observer().explained(attempt, observation));
            }
        });
    }

    /** Nobody creates the pod of a job that is being deleted; but it may have been asked for before. */
    private Optional<Duration> absent(BuildJob job, Attempt attempt) {
        return job.isMarkedForDeletion()
                ? pods.awaited(job, attempt)
                        .or(() -> closed(job, attempt, live.observer().gone(attempt)))
                : pods.create(job, attempt);
    }

    private Optional<Duration> closed(BuildJob job, Attempt attempt, Observation.Ended observed) {
        mounts.forget(job);
        live.ended(job, attempt, removals.stopped().explained(job, attempt, observed));
        images.ended(job, attempt, observed);
        cluster.holds().ended(job.getMetadata().getNamespace(), clock.instant());
        return Optional.empty();
    }
}
