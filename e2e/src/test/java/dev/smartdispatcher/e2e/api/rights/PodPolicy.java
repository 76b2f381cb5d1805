package dev.smartdispatcher.e2e.api.rights;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.api.tier.WorkerPods;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** The policy that lets only the operator create worker pods. It binds everybody, so a test takes it away again. */
final class PodPolicy {
    static final String NAME = "smart-dispatcher-pods";

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private PodPolicy() {}

    /** API servers learn of a policy a moment after it is written. */
    static void awaitInForce(KubernetesClient client) {
        await("the policy's effect").atMost(PATIENCE).until(() -> !WorkerPods.admitted(client));
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
        await("the policy's end").atMost(PATIENCE).until(() -> WorkerPods.admitted(client));
    }
}
