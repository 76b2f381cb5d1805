package dev.smartdispatcher.e2e.api.tier;

import dev.smartdispatcher.api.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Pods that look as if the operator had created them, which its policy may forbid. */
public final class WorkerPods {
    private WorkerPods() {}

    /** With the label of a worker pod, in the namespace {@code default}. */
    public static Pod pod(String name, String jobUid) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .addToLabels(Labels.JOB_UID, jobUid)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("build")
                .withImage("local.test/none")
                .endContainer()
                .endSpec()
                .build();
    }

    /** Whether this client may create one now. */
    public static boolean admitted(KubernetesClient client) {
        try {
            client.resource(pod("probe", "probe")).dryRun().create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return false;
        }
    }
}
