package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.attempt.StopRequest;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.workload.pod.BuildDeadline;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a pod know that the deadline of its job has become shorter: the entry, which reads it from the pod's annotation by a file,
 * and the kubelet behind it. That of a cancelled job is now. A deadline that the job does not state itself stays as it was when the pod was made.
 */
final class Deadlines {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    /** The least that a deadline can be: no build of that age is stopped any sooner by a deletion, and its log would go. */
    private static final Integer AT_ONCE = 1;

    private final KubernetesClient client;

    Deadlines(KubernetesClient client) {
        this.client = client;
    }

    /** Whether the pod has the job's deadline by now; if not it is to be tried again. */
    boolean follow(BuildJob job, Pod pod) {
        var wanted = StopRequest.of(job.getSpec()).filter(StopRequest::isFinal).isPresent()
                ? AT_ONCE
                : job.getSpec().activeDeadlineSeconds();
        var known = BuildDeadline.of(pod);
        if (wanted == null
                || known.isEmpty()
                || wanted >= known.getAsInt()
                || pod.isMarkedForDeletion()
                || PodState.ended(pod)) {
            return true;
        }
        var meta = pod.getMetadata();
        try {
            client.pods()
                    .inNamespace(meta.getNamespace())
                    .withName(meta.getName())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch(pod, wanted)));
            return true;
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.POD, meta.getName())
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("deadline not shortened to {} s: {}", wanted, ApiFailure.reason(e));
            return false;
        }
    }

    /** By UID: the pod of this name may be another one by now. A kubelet's deadline can only become shorter. */
    private static Map<String, Object> patch(Pod pod, int seconds) {
        var last = pod.getSpec().getActiveDeadlineSeconds();
        var behind = BuildDeadline.ofPod(seconds);
        return Map.of(
                "metadata",
                Map.of(
                        "uid",
                        pod.getMetadata().getUid(),
                        "annotations",
                        Map.of(Annotations.DEADLINE_SECONDS, Integer.toString(seconds))),
                "spec",
                Map.of("activeDeadlineSeconds", last == null ? behind : Math.min(last, behind)));
    }
}
