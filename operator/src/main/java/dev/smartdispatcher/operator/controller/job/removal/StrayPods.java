package dev.smartdispatcher.operator.controller.job.removal;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pods of a job that its status disproves: of an attempt that has ended, or on another worker than the attempt was given, or
 * made from another plan than was recorded. A leader that was deposed leaves one when its request to create the pod was on its
 * way for so long that the attempt was closed, given to another worker or recorded with another plan meanwhile. A pod of an attempt
 * that the status does not show is none while the job may still get attempts: see {@code UnrecordedPods}.
 */
public final class StrayPods {
    private static final Logger LOG = LoggerFactory.getLogger(StrayPods.class);

    private final KubernetesClient client;
    private final PodDeletions deletions;

    StrayPods(KubernetesClient client, PodDeletions deletions) {
        this.client = client;
        this.deletions = deletions;
    }

    /** Deletes those that may still run, and those that keep the live attempt's pod from being created. */
    void withdraw(BuildJob job, Stream<Pod> pods) {
        pods.filter(pod -> isStray(job, pod)).forEach(pod -> deletions.delete(job, pod, () -> withdraw(job, pod)));
    }

    /**
     * Whether the pod is the job's, is not that of the attempt as recorded, and is in its way: it may run or come to run, or has
     * the name that the live attempt's pod is to have.
     */
    static boolean isStray(BuildJob job, Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && isOwned(job, pod)
                && (isTooLate(job, pod)
                        || attempt(job, pod)
                                .filter(attempt ->
                                        disproves(job, attempt, pod) && (attempt.live() || !PodState.ended(pod)))
                                .isPresent());
    }

    /** Whether the pod is of an attempt that was taken back, and there will be none: the job is over. */
    private static boolean isTooLate(BuildJob job, Pod pod) {
        return job.getStatus() != null
                && job.getStatus().finished()
                && AttemptPod.isUnrecorded(pod, job.getStatus())
                && !PodState.ended(pod);
    }

    /** Deletes a pod of an attempt that was taken back, as it was seen: if it has changed, it is looked at again. */
    void withdrawUnrecorded(BuildJob job, Pod pod) {
        deletions.delete(job, pod, () -> {
            log(job, pod, "pod of an attempt that was taken back, deleting it");
            client.resource(pod).lockResourceVersion().delete();
        });
    }

    /**
     * Whether the attempt is over, or the pod is on another worker than the attempt was given, or is made from another plan than
     * was recorded. An attempt that an earlier version recorded has no plan to compare with.
     */
    public static boolean disproves(BuildJob job, Attempt attempt, Pod pod) {
        var meta = pod.getMetadata();
        return !attempt.live()
                || !attempt.worker().equals(meta.getLabels().get(Labels.WORKER))
                || job.getStatus()
                        .recordedPlan()
                        .filter(plan -> meta.getAnnotations() == null
                                || !plan.equals(meta.getAnnotations().get(Annotations.PLAN)))
                        .isPresent();
    }

    /** The pod as it is by now: its end may not have been seen yet, and would be lost with it. */
    private void withdraw(BuildJob job, Pod seen) {
        var meta = seen.getMetadata();
        var pod = client.pods()
                .inNamespace(meta.getNamespace())
                .withName(meta.getName())
                .get();
        if (pod != null && isStray(job, pod)) {
            log(job, pod, "pod of an attempt that is over, elsewhere or of another plan, deleting it");
            client.resource(pod).lockResourceVersion().delete();
        }
    }

    private static void log(BuildJob job, Pod pod, String what) {
        LOG.atWarn()
                .addKeyValue(LogKeys.POD, pod.getMetadata().getName())
                .addKeyValue(
                        LogKeys.JOB,
                        job.getMetadata().getNamespace() + "/"
                                + job.getMetadata().getName())
                .log(what);
    }

    private static Optional<Attempt> attempt(BuildJob job, Pod pod) {
        return Optional.ofNullable(job.getStatus()).flatMap(status -> status.attempts().stream()
                .filter(a -> Integer.toString(a.number())
                        .equals(pod.getMetadata().getLabels().get(Labels.ATTEMPT)))
                .findFirst());
    }

    /** Whether the pod is the job's: one of another job of the same name is not. */
    public static boolean isOwned(BuildJob job, Pod pod) {
        var meta = job.getMetadata();
        return AttemptPod.isOf(pod, new JobIdentity(meta.getNamespace(), meta.getName(), meta.getUid()));
    }
}
