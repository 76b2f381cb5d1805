package dev.smartdispatcher.e2e.api.rights;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.api.tier.OperatorMaps;
import dev.smartdispatcher.e2e.api.tier.WorkerPods;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.function.Predicate;

/** A policy that leaves objects of a kind to the operator. It binds everybody, so a test takes it away again. */
enum GuardPolicy {
    PODS("smart-dispatcher-pods", "pod-policy.yaml", WorkerPods::admitted),
    MAPS("smart-dispatcher-configmaps", "configmap-policy.yaml", OperatorMaps::admitted);

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final String policy;
    private final String file;
    private final Predicate<KubernetesClient> admitted;

    GuardPolicy(String policy, String file, Predicate<KubernetesClient> admitted) {
        this.policy = policy;
        this.file = file;
        this.admitted = admitted;
    }

    /** Its name as the API server tells it. */
    String policy() {
        return policy;
    }

    void apply(ShippedRights rights) {
        rights.apply(file);
    }

    /** API servers learn of a policy a moment after it is written. */
    void awaitInForce(KubernetesClient client) {
        await("the policy's effect").atMost(PATIENCE).until(() -> !admitted.test(client));
    }

    void remove(KubernetesClient client) {
        client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName(policy)
                .delete();
        client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withName(policy)
                .delete();
        await("the policy's end").atMost(PATIENCE).until(() -> admitted.test(client));
    }
}
