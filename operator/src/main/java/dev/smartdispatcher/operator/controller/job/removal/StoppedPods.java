package dev.smartdispatcher.operator.controller.job.removal;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.attempt.Observation;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pods of live attempts that are deleted before their build has ended: they do not start, or their worker is to be empty by now. */
public final class StoppedPods {
    private static final Logger LOG = LoggerFactory.getLogger(StoppedPods.class);

    private final KubernetesClient client;
    private final WorkerAssessments assessments;
    private final PodDeletions deletions;
    private final Clock clock;

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

    /** Deletes the pod if its worker is drained and the drain's deadline has passed; whether it did. */
    public boolean stopIfDue(BuildJob job, Attempt attempt, Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null || PodState.ended(pod) || !stops(attempt)) {
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

    /** An attempt that was ended from outside on a worker whose drain deadline has passed was ended by that. */
    public Observation.Ended drained(Attempt attempt, Observation.Ended observed) {
        if (observed.outcome() != Reason.WorkerLost || !stops(attempt)) {
            return observed;
        }
        return new Observation.Ended(
                Reason.DrainDeadlinePassed,
                observed.exitCode(),
                observed.usage(),
                observed.start(),
                observed.end(),
                "the drain deadline of " + attempt.worker() + " passed",
                observed.output(),
                observed.installed());
    }

    private boolean stops(Attempt attempt) {
        return assessments
                .of(attempt.worker())
                .filter(assessment -> assessment.schedulability().stopsNow(clock.instant()))
                .isPresent();
    }

    private void delete(Pod pod) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .delete();
    }
}
