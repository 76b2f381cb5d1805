package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.operator.workload.JobIdentity;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;

/**
 * Which attempt a pod runs, as {@link WorkerPod} has labelled it.
 *
 * @param jobUid UID of the BuildJob
 * @param attempt its number; 0 if the pod does not say
 */
public record AttemptPod(String worker, String jobUid, int attempt) {
    private static final String KIND = "BuildJob";

    /** Labels alone make no attempt: the BuildJob that they name must own the pod. */
    public static Optional<AttemptPod> of(Pod pod) {
        var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
        var worker = labels.get(Labels.WORKER);
        var name = labels.get(Labels.JOB);
        var uid = labels.get(Labels.JOB_UID);
        return worker == null || name == null || uid == null || !isOwnedBy(pod, name, uid)
                ? Optional.empty()
                : Optional.of(new AttemptPod(worker, uid, number(labels)));
    }

    /**
     * Whether the pod is of a later attempt than the status of its job records. The request that made it came late, when the attempt
     * had been taken back; or the status is older than the pod.
     */
    public static boolean isUnrecorded(Pod pod, BuildJobStatus status) {
        int last = status.lastAttempt().map(Attempt::number).orElse(0);
        return of(pod).filter(pods -> pods.attempt() > last).isPresent();
    }

    /** Whether the pod is this job's: one of another job of the same name is not, nor one of another kind's object. */
    public static boolean isOf(Pod pod, JobIdentity job) {
        return job.namespace().equals(pod.getMetadata().getNamespace()) && isOwnedBy(pod, job.name(), job.uid());
    }

    /** The BuildJob that owns the pod and that its labels name; empty if it is no attempt. */
    public static Optional<OwnerReference> owner(Pod pod) {
        return of(pod).flatMap(attempt -> pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> isJob(owner) && attempt.jobUid().equals(owner.getUid()))
                .findFirst());
    }

    private static boolean isOwnedBy(Pod pod, String name, String uid) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> isJob(owner) && name.equals(owner.getName()) && uid.equals(owner.getUid()));
    }

    /** A BuildJob of this API group, in whatever version it was written. */
    private static boolean isJob(OwnerReference owner) {
        return KIND.equals(owner.getKind())
                && owner.getApiVersion() != null
                && owner.getApiVersion().startsWith(ApiGroup.GROUP + "/");
    }

    private static int number(Map<String, String> labels) {
        try {
            return Integer.parseInt(labels.getOrDefault(Labels.ATTEMPT, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
