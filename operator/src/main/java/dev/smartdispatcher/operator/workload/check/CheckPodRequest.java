package dev.smartdispatcher.operator.workload.check;

import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.api.policy.TaintToleration;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.check.CheckRunMark;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.workload.pod.PodIsolation;
import java.util.List;
import java.util.Optional;

/**
 * What a check's pod is made from.
 *
 * @param namespace the operator's
 * @param workerUid of the BuildWorker
 * @param image the check's, or the policy's
 * @param device extended resource that the pod asks one of
 * @param priorityClassName empty: the cluster's default
 */
public record CheckPodRequest(
        String namespace,
        CheckDefinition check,
        CheckRunMark mark,
        String worker,
        String workerUid,
        String image,
        Optional<String> device,
        List<TaintToleration> tolerations,
        String priorityClassName) {

    /** With what the policy adds. */
    public static CheckPodRequest of(
            String namespace,
            CheckDefinition check,
            CheckRunMark mark,
            String worker,
            String workerUid,
            DispatchPolicySpec policy) {
        return new CheckPodRequest(
                namespace,
                check,
                mark,
                worker,
                workerUid,
                image(check, policy),
                new Isolations(policy.isolation()).device(check.spec().isolation()),
                policy.tolerations(),
                policy.priorityClassName());
    }

    /** The image that a check runs in; empty text if neither it nor the policy names one. */
    public static String image(CheckDefinition check, DispatchPolicySpec policy) {
        return check.spec().image().isEmpty()
                ? policy.defaults().checkImage()
                : check.spec().image();
    }

    PodIsolation isolation() {
        return PodIsolation.ofCheck(check.spec().isolation(), device);
    }
}
