package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.operator.attempt.StopRequest;
import dev.smartdispatcher.operator.client.ServerClock;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.NameConflictException;
import dev.smartdispatcher.operator.controller.RefusedException;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.environment.EnvironmentProblems;
import dev.smartdispatcher.operator.controller.job.removal.PodRemovals;
import dev.smartdispatcher.operator.controller.job.removal.StoppedPods;
import dev.smartdispatcher.operator.controller.job.removal.StrayPods;
import dev.smartdispatcher.operator.controller.volume.CacheVolumes;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of live attempts: found, created, mended, given up. */
final class AttemptPods {
    /** A pending pod sends no event when its patience ends. */
    static final Duration LOOK_AT_PENDING = Duration.ofSeconds(5);

    static final Duration SOON = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(AttemptPods.class);

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final LiveAttempts live;
    private final Installations installations;
    private final CacheVolumes caches;
    private final PodCreator creator;
    private final AllocationRecheck recheck;
    private final PodRefusals refusals;
    private final StoppedPods stopped;
    private final UnansweredCreations unanswered;
    private final PodlessEnds ends;
    private final UnrecordedPods unrecorded;
    /** By a job's UID, the newest attempt whose pod this process has seen or created: one that is absent then is gone. */
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();

    private InformerEventSource<Pod, BuildJob> source;

    AttemptPods(
            KubernetesClient client,
            ClusterView cluster,
            LiveAttempts live,
            EventRecorder events,
            WorkerAssessments assessments,
            Wake<BuildEnvironment> environments,
            PodRemovals removals,
            ServerClock server,
            Clock clock) {
        this.client = client;
        this.cluster = cluster;
        this.live = live;
        this.installations = new Installations(cluster, assessments);
        this.caches = new CacheVolumes(client, cluster, clock);
        this.unanswered = new UnansweredCreations(server);
        this.creator = new PodCreator(client, installations, caches, events, server, unanswered, clock);
        this.recheck = new AllocationRecheck(cluster, assessments);
        this.ends = new PodlessEnds(
                cluster, live, unanswered, (job, attempt) -> ask(job, attempt).isPresent());
        this.unrecorded = new UnrecordedPods(client, cluster, recheck, live, removals);
        this.refusals = new PodRefusals(cluster, environments, clock);
        this.stopped = removals.stopped();
    }

    /** What is created here is shown by this cache at once. */
    void remember(InformerEventSource<Pod, BuildJob> podSource) {
        source = podSource;
    }

    /**
     * The attempt's pod. A cache may lag behind: before a pod that was there counts as gone, the API server is asked; so it is
     * for a job that is being deleted, whose pod nobody will create. Else one that nobody has seen yet is created next, which
     * finds it if it is there after all. A pod of the same name that belongs to another job (of the same name, deleted) is
     * none.
     */
    Optional<Pod> find(BuildJob job, Attempt attempt) {
        var namespace = job.getMetadata().getNamespace();
        return cluster.pod(namespace, attempt.pod())
                .filter(pod -> StrayPods.isOwned(job, pod))
                .map(pod -> sighted(job, attempt, pod))
                .or(() -> wasThere(job, attempt) || job.isMarkedForDeletion() ? ask(job, attempt) : Optional.empty());
    }

    private Optional<Pod> ask(BuildJob job, Attempt attempt) {
        var namespace = job.getMetadata().getNamespace();
        return Optional.ofNullable(client.pods()
                        .inNamespace(namespace)
                        .withName(attempt.pod())
                        .get())
                .filter(pod -> StrayPods.isOwned(job, pod))
                .map(pod -> sighted(job, attempt, pod));
    }

    /** Whether the pod has existed: by what this process saw, or by the recorded start of its container. */
    boolean wasThere(BuildJob job, Attempt attempt) {
        return attempt.startTime() != null
                || seen.getOrDefault(job.getMetadata().getUid(), 0) >= attempt.number();
    }

    /** Before the first of the jobs is looked at. */
    void begin() {
        unanswered.inherit(cluster::jobs);
    }

    /** When to look again at a waiting job, if pods that came late are in its way. */
    Optional<Duration> settle(BuildJob job, BuildJobStatus status) {
        return unrecorded.settle(job, status);
    }

    /** How long a pod of the attempt may still come that was asked for; empty if none can. */
    Optional<Duration> awaited(BuildJob job, Attempt attempt) {
        return unanswered.left(job, attempt);
    }

    /**
     * Creates the pod, or takes the attempt back if the API server refuses it, the worker was given to others as well, the
     * environment has changed, or the job is not to be built. When to look again, if at all.
     */
    Optional<Duration> create(BuildJob job, Attempt attempt) {
        var decided = ends.decided(job, attempt);
        if (decided.isPresent()) {
            return ends.end(job, attempt, decided.get());
        }
        var stop = StopRequest.of(job.getSpec());
        if (stop.isPresent()) {
            return ends.takeBack(
                    job,
                    attempt,
                    stop.get().reason(),
                    "attempt " + attempt.number() + " is taken back: "
                            + stop.get().message());
        }
        if (recheck.isUnknown(attempt)) {
            return ends.takeBack(
                    job,
                    attempt,
                    Reason.WorkersUnavailable,
                    "attempt " + attempt.number() + " is taken back: there is no BuildWorker " + attempt.worker()
                            + " any more, or no Node of its name");
        }
        if (recheck.isOverbooked(attempt)) {
            return ends.takeBack(
                    job,
                    attempt,
                    Reason.NoRoom,
                    "attempt " + attempt.number() + " is taken back: " + attempt.worker()
                            + " was given to other attempts at the same time, or has become smaller");
        }
        if (recheck.isDraining(attempt)) {
            return ends.takeBack(
                    job,
                    attempt,
                    Reason.WorkersUnavailable,
                    "attempt " + attempt.number() + " is taken back: " + attempt.worker() + " is being drained");
        }
        var offered = recheck.isNowOf(attempt, job.getStatus().allocation());
        if (offered.isPresent()) {
            return ends.takeBack(
                    job,
                    attempt,
                    Reason.WorkersUnavailable,
                    "attempt " + attempt.number() + " is taken back: " + attempt.worker() + " is now offered as "
                            + offered.get());
        }
        var unreadable = Unreadable.of(job, "spec");
        if (!unreadable.isEmpty()) {
            return ends.neverCreated(job, attempt, String.join("; ", unreadable));
        }
        var name = job.getSpec().environment();
        var environment = cluster.environment(name);
        var hold = EnvironmentProblems.obstacle(name, environment).or(() -> refusals.hold(job));
        if (hold.isPresent()) {
            return ends.takeBack(job, attempt, hold.get().reason(), hold.get().message());
        }
        var spec = environment.orElseThrow().getSpec();
        var plan = PodCreator.plan(job, spec);
        if (recheck.isOutdated(job.getStatus(), plan)) {
            return ends.takeBack(
                    job,
                    attempt,
                    Reason.EnvironmentChanged,
                    "attempt " + attempt.number() + " is taken back: the BuildEnvironment '" + name
                            + "' has changed since the attempt was recorded");
        }
        var namespace = job.getMetadata().getNamespace();
        var forbidden = installations.hold(
                spec, namespace, job.getSpec(), job.getStatus().allocation());
        if (forbidden.isPresent()) {
            return ends.takeBack(job, attempt, Reason.InstallerNotAllowed, forbidden.get());
        }
        try {
            var pod = creator.create(job, attempt, spec, plan, cluster.policy());
            // One that was there already may be a stray, whose end is not that of the attempt.
            pod.ifPresentOrElse(p -> sighted(job, attempt, p), () -> sighted(job, attempt));
            refusals.accepted(job);
            pod.ifPresent(p -> source.handleRecentResourceCreate(ResourceID.fromResource(p), p));
            return Optional.of(pod.isPresent() ? LOOK_AT_PENDING : SOON);
        } catch (NameConflictException e) {
            var published = new Published(Reason.NameConflict, e.getMessage());
            if (e.ofOneJob()) {
                refusals.waitAlone(job, published);
            } else {
                refusals.wait(job, published);
            }
            return ends.takeBack(job, attempt, published.reason(), published.message());
        } catch (RefusedException e) {
            return refused(job, attempt, e.refusal());
        }
    }

    /** A pod has its node and does not start there: what it mounts may have been deleted, or replaced by somebody else. */
    void mend(BuildJob job, Pod pod) {
        if (pod.getSpec().getNodeName() == null) {
            return;
        }
        try {
            cluster.environment(job.getSpec().environment())
                    .filter(e -> Unreadable.of(job, "spec").isEmpty()
                            && Unreadable.of(e, "spec").isEmpty())
                    .ifPresent(environment -> creator.mend(job, environment.getSpec()));
        } catch (NameConflictException e) {
            giveUp(job, pod, e.getMessage());
        }
    }

    private Optional<Duration> refused(BuildJob job, Attempt attempt, ApiRefusal refusal) {
        LOG.atWarn()
                .addKeyValue(LogKeys.POD, attempt.pod())
                .addKeyValue(LogKeys.STATUS_CODE, refusal.code())
                .addKeyValue(LogKeys.REASON, refusal.kind())
                .log("pod not created: {}", refusal.message());
        var again = refusals.again(job, attempt, refusal);
        if (again.isPresent()) {
            return again;
        }
        return switch (refusal.kind()) {
            case InvalidSpec -> ends.neverCreated(job, attempt, "the pod is not valid: " + refusal.message());
            case WrongWorker ->
                ends.wrongWorker(job, attempt, "the pod cannot be on " + attempt.worker() + ": " + refusal.message());
            default -> {
                var published = refusals.wait(job, refusal);
                yield ends.takeBack(job, attempt, published.reason(), published.message());
            }
        };
    }

    /** Deletes a pod that will not start; when to look again. */
    Optional<Duration> giveUp(BuildJob job, Pod pod, String message) {
        caches.failed(pod, message);
        return Optional.of(stopped.giveUp(job, pod, message) ? SOON : LOOK_AT_PENDING);
    }

    /** The pod's build runs. */
    void started(Pod pod) {
        caches.started(pod);
    }

    private Pod sighted(BuildJob job, Attempt attempt, Pod pod) {
        if (!StrayPods.disproves(job, attempt, pod)) {
            sighted(job, attempt);
        }
        return pod;
    }

    private void sighted(BuildJob job, Attempt attempt) {
        seen.merge(job.getMetadata().getUid(), attempt.number(), Math::max);
    }

    /** The job is gone: nobody will ask for its pods again. */
    void forget(BuildJob job) {
        seen.remove(job.getMetadata().getUid());
        unanswered.forget(job);
        refusals.forget(job);
    }
}
