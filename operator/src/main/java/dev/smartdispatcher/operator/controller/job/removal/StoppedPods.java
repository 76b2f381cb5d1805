package dev.smartdispatcher.operator.controller.job.removal;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.attempt.Observation;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.attempt.StopRequest;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.worker.Schedulability;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pods of live attempts that are deleted before their build has ended: they do not start, their worker is to be empty by now, or
 * the job is not to be built for now, or not at all.
 */
public final class StoppedPods {
    private static final Logger LOG = LoggerFactory.getLogger(StoppedPods.class);

    private final KubernetesClient client;
    private final WorkerAssessments assessments;
    private final PodDeletions deletions;
    private final Clock clock;
    /** By the job's UID, for what its live attempt is being stopped: who takes that back meanwhile does not undo it. */
    private final Map<String, StopRequest> stopping = new ConcurrentHashMap<>();

    StoppedPods(KubernetesClient client, WorkerAssessments assessments, PodDeletions deletions, Clock clock) {
        this.client = client;
        this.assessments = assessments;
        this.deletions = deletions;
        this.clock = clock;
    }

    /**
     * Deletes a pod that will not start. Its attempt is over only when the pod is gone, and it may stay for long if its node is
     * not reached.
     *
     * @return whether it is deleted by this call
     */
    public boolean giveUp(BuildJob job, Pod pod, String message) {
        if (pod.isMarkedForDeletion()) {
            return false;
        }
        return deletions.delete(job, pod, () -> {
            LOG.atInfo()
                    .addKeyValue(LogKeys.POD, pod.getMetadata().getName())
                    .addKeyValue(LogKeys.REASON, message)
                    .log("pod does not start, deleting it");
            delete(pod);
        });
    }

    /**
     * Deletes the pod if the job is suspended, or cancelled before its build has begun, or if the drain deadline of its worker has
     * passed; whether it did. The pod of a cancelled build stays, with its log: a deadline ends it.
     */
    public boolean stopIfDue(BuildJob job, Attempt attempt, Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null || PodState.ended(pod)) {
            return false;
        }
        var request = StopRequest.of(job.getSpec());
        request.ifPresent(r -> stopping.put(job.getMetadata().getUid(), r));
        if (request.isPresent()
                && (attempt.startTime() == null || !request.get().isFinal())) {
            return deletions.delete(job, pod, () -> {
                LOG.atInfo()
                        .addKeyValue(LogKeys.POD, attempt.pod())
                        .addKeyValue(LogKeys.REASON, request.get().reason())
                        .log("stopping the build: {}", request.get().message());
                delete(pod);
            });
        }
        if (!stops(attempt)) {
            return false;
        }
        return deletions.delete(job, pod, () -> {
            LOG.atInfo()
                    .addKeyValue(LogKeys.POD, attempt.pod())
                    .addKeyValue(LogKeys.WORKER, attempt.worker())
                    .log("drain deadline passed, stopping the build");
            delete(pod);
        });
    }

    /** The end of an attempt that was ended from outside, in the light of why it was to be. */
    public Observation.Ended explained(BuildJob job, Attempt attempt, Observation.Ended observed) {
        var request = StopRequest.of(job.getSpec())
                .or(() -> Optional.ofNullable(stopping.get(job.getMetadata().getUid())));
        forget(job);
        if (request.isPresent()) {
            return request.get().explain(observed);
        }
        if (observed.outcome() != Reason.WorkerLost) {
            return observed;
        }
        if (stops(attempt)) {
            return observed.because(
                    Reason.DrainDeadlinePassed, "the drain deadline of " + attempt.worker() + " passed");
        }
        return assessments
                .of(attempt.worker())
                .map(assessment -> assessment.schedulability())
                .filter(Schedulability::isTerminating)
                .map(terminating -> observed.because(
                        Reason.Interrupted, attempt.worker() + " was taken away: " + terminating.message()))
                .orElse(observed);
    }

    /** The attempt is over, or the job is gone. */
    void forget(BuildJob job) {
        stopping.remove(job.getMetadata().getUid());
    }

    private boolean stops(Attempt attempt) {
        return assessments
                .of(attempt.worker())
                .filter(assessment -> assessment.schedulability().stopsNow(clock.instant()))
                .isPresent();
    }

    /** The pod as it was seen: its build may have ended since, which would be lost with it. */
    private void delete(Pod pod) {
        client.resource(pod).lockResourceVersion().delete();
    }
}
