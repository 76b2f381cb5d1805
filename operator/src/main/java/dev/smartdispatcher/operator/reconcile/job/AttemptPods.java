package dev.smartdispatcher.operator.reconcile.job;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.attempt.Observation;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.availability.Availability;
import dev.smartdispatcher.operator.availability.Standing;
import dev.smartdispatcher.operator.reconcile.ApiFailure;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.LogKeys;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of live attempts: found, created, given up, stopped. */
final class AttemptPods {
    /** A pending pod sends no event when its patience ends. */
    static final Duration LOOK_AT_PENDING = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(AttemptPods.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final Caches caches;
    private final LiveAttempts live;
    private final PodCreator creator;
    private final Clock clock;
    /** By a job's UID, the newest attempt whose pod this process has seen or created: one that is absent then is gone. */
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();

    private InformerEventSource<Pod, BuildJob> source;

    AttemptPods(KubernetesClient client, Caches caches, LiveAttempts live, Clock clock) {
        this.client = client;
        this.caches = caches;
        this.live = live;
        this.creator = new PodCreator(client, clock);
        this.clock = clock;
    }

    /** What is created here is shown by this cache at once. */
    void remember(InformerEventSource<Pod, BuildJob> podSource) {
        source = podSource;
    }

    /**
     * The attempt's pod. A cache may lag behind: before a pod counts as absent, the API server is asked. A pod of the same
     * name that belongs to another job (of the same name, deleted) is none.
     */
    Optional<Pod> find(BuildJob job, Attempt attempt) {
        var namespace = job.getMetadata().getNamespace();
        var pod = caches.pod(namespace, attempt.pod())
                .or(() -> Optional.ofNullable(client.pods()
                        .inNamespace(namespace)
                        .withName(attempt.pod())
                        .get()))
                .filter(p -> p.getMetadata().getOwnerReferences().stream()
                        .anyMatch(o -> o.getUid().equals(job.getMetadata().getUid())));
        pod.ifPresent(p -> sighted(job, attempt));
        return pod;
    }

    /** Whether the pod has existed: by what this process saw, or by the recorded start of its container. */
    boolean wasThere(BuildJob job, Attempt attempt) {
        return attempt.startTime() != null
                || seen.getOrDefault(job.getMetadata().getUid(), 0) >= attempt.number();
    }

    /** Creates the pod, or takes the attempt back if the API server refuses it. When to look again, if at all. */
    Optional<Duration> create(BuildJob job, Attempt attempt) {
        var environment = caches.environment(job.getSpec().environment());
        if (environment.isEmpty()) {
            live.withdrawn(
                    job,
                    Reason.UnknownEnvironment,
                    "there is no BuildEnvironment '" + job.getSpec().environment() + "'");
            return Optional.empty();
        }
        try {
            var pod = creator.create(job, attempt, environment.get().getSpec(), caches.policy());
            sighted(job, attempt);
            source.handleRecentResourceCreate(ResourceID.fromResource(pod), pod);
            return Optional.of(LOOK_AT_PENDING);
        } catch (KubernetesClientException e) {
            return refused(job, attempt, e);
        }
    }

    private Optional<Duration> refused(BuildJob job, Attempt attempt, KubernetesClientException e) {
        var message = e.getStatus() == null || e.getStatus().getMessage() == null
                ? e.getMessage()
                : e.getStatus().getMessage();
        if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
            live.withdrawn(job, Reason.QuotaExceeded, message);
            return Optional.empty();
        }
        if (e.getCode() == UNPROCESSABLE) {
            live.ended(job, attempt, live.observer().neverCreated("the pod is not valid: " + message));
            return Optional.empty();
        }
        LOG.atWarn()
                .addKeyValue(LogKeys.POD, attempt.pod())
                .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                .log("pod not created: {}", ApiFailure.reason(e));
        return Optional.of(SOON);
    }

    /** Deletes a pod that will not start. Its attempt is over only when the pod is gone. */
    Optional<Duration> giveUp(BuildJob job, Pod pod, String message) {
        LOG.atInfo()
                .addKeyValue(LogKeys.POD, pod.getMetadata().getName())
                .addKeyValue(LogKeys.REASON, message)
                .log("pod does not start, deleting it");
        delete(pod);
        return Optional.of(SOON);
    }

    /** Deletes the pod if its worker is drained and the drain's deadline has passed. */
    boolean stopIfDue(BuildJob job, Attempt attempt, Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null || PodState.ended(pod) || !stops(attempt)) {
            return false;
        }
        LOG.atInfo()
                .addKeyValue(LogKeys.POD, attempt.pod())
                .addKeyValue(LogKeys.WORKER, attempt.worker())
                .log("drain deadline passed, stopping the build");
        delete(pod);
        return true;
    }

    /** An attempt that was ended from outside on a worker whose drain deadline has passed was ended by that. */
    Observation.Ended drained(Attempt attempt, Observation.Ended observed) {
        if (observed.outcome() != Reason.WorkerLost || !stops(attempt)) {
            return observed;
        }
        return new Observation.Ended(
                Reason.DrainDeadlinePassed,
                observed.exitCode(),
                observed.usage(),
                observed.start(),
                observed.end(),
                "the drain deadline of " + attempt.worker() + " passed");
    }

    private boolean stops(Attempt attempt) {
        var now = clock.instant();
        return caches.worker(attempt.worker())
                .map(worker -> {
                    var annotations = worker.getMetadata().getAnnotations();
                    Standing standing = Availability.judge(
                            annotations == null ? Map.of() : annotations,
                            worker.getSpec(),
                            Optional.ofNullable(worker.getStatus()).map(s -> s.agent()),
                            caches.node(attempt.worker()),
                            caches.policy().tolerations(),
                            now);
                    return standing.stopsNow(now);
                })
                .orElse(false);
    }

    private void delete(Pod pod) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .delete();
    }

    private void sighted(BuildJob job, Attempt attempt) {
        seen.merge(job.getMetadata().getUid(), attempt.number(), Math::max);
    }

    /** The job is gone: nobody will ask for its pods again. */
    void forget(BuildJob job) {
        seen.remove(job.getMetadata().getUid());
    }
}
