package dev.smartdispatcher.e2e.operator.harness;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** Pods that are created by requests of a leader that was deposed long ago: no policy that refuses late pods has met them. */
public final class LatePods {
    private LatePods() {}

    /** Creates a pod that an operator has made once more, on this worker. */
    public static Pod create(Harness farm, Pod pod, String worker) {
        return farm.client()
                .resource(new PodBuilder(pod)
                        .withStatus(null)
                        .editMetadata()
                        .withUid(null)
                        .withResourceVersion(null)
                        .withCreationTimestamp(null)
                        .removeFromAnnotations(Annotations.CREATE_BEFORE)
                        .addToLabels(Labels.WORKER, worker)
                        .endMetadata()
                        .editSpec()
                        .withNodeName(null)
                        .endSpec()
                        .build())
                .create();
    }

    /** The pod of another job as one of an attempt of this job, with the name that the operator would give it. */
    public static Pod of(Harness farm, Pod template, String job, int attempt) {
        var uid = farm.client()
                .resources(BuildJob.class)
                .inNamespace(farm.namespace())
                .withName(job)
                .get()
                .getMetadata()
                .getUid();
        return new PodBuilder(template)
                .editMetadata()
                .withName(job + "-" + uid.substring(0, 5) + "-" + attempt)
                .addToLabels(Labels.JOB, job)
                .addToLabels(Labels.JOB_UID, uid)
                .addToLabels(Labels.ATTEMPT, Integer.toString(attempt))
                .editFirstOwnerReference()
                .withName(job)
                .withUid(uid)
                .endOwnerReference()
                .endMetadata()
                .build();
    }
}
