package dev.smartdispatcher.e2e.api.rights;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** The policy that lets only the operator create worker pods. It binds everybody, so a test takes it away again. */
final class PodPolicy {
    static final String NAME = "smart-dispatcher-pods";

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private PodPolicy() {}

    /** API servers learn of a policy a moment after it is written. */
    static void awaitInForce(KubernetesClient client) {
        await("the policy's effect").atMost(PATIENCE).until(() -> refuses(client));
    }

    static void remove(KubernetesClient client) {
        client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName(NAME)
                .delete();
        client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withName(NAME)
                .delete();
        await("the policy's end").atMost(PATIENCE).until(() -> !refuses(client));
    }

    private static boolean refuses(KubernetesClient client) {
        try {
            client.resource(pod("probe", "probe")).dryRun().create();
            return false;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return true;
        }
    }

    /** With the label of a worker pod. */
    static Pod pod(String name, String jobUid) {
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
}
