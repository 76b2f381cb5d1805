package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.Labels;
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

    /** Labels alone make no attempt: the pod must also be the job's by its owner reference. */
    public static Optional<AttemptPod> of(Pod pod) {
        var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
        var worker = labels.get(Labels.WORKER);
        var uid = labels.get(Labels.JOB_UID);
        return worker == null || uid == null || !ownedBy(pod, uid)
                ? Optional.empty()
                : Optional.of(new AttemptPod(worker, uid, number(labels)));
    }

    private static boolean ownedBy(Pod pod, String jobUid) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(o -> "BuildJob".equals(o.getKind()) && jobUid.equals(o.getUid()));
    }

    private static int number(Map<String, String> labels) {
        try {
            return Integer.parseInt(labels.getOrDefault(Labels.ATTEMPT, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
