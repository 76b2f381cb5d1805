package dev.smartdispatcher.operator.reconcile.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a kube-apiserver says. */
class PodRefusalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pods \"zlib-1\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2",
                "pods \"zlib-1\" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi",
                "pods \"zlib-1\" is forbidden: violates PodSecurity \"restricted:latest\": privileged",
            })
    void namespaceRefusesThePod(String message) {
        assertThat(new PodRefusal(403, message).isByNamespace()).isTrue();
    }

    @Test
    void webhookRefusesThePod() {
        var message =
                "admission webhook \"validate.kyverno.svc-fail\" denied the request: image registry is not allowed";
        assertThat(new PodRefusal(400, message).isByNamespace()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pods", "configmaps"})
    void operatorMayNotCreateIt(String resource) {
        var refusal = new PodRefusal(
                403,
                resource + " is forbidden: User \"system:serviceaccount:default:operator-a\" cannot create resource \""
                        + resource + "\" in API group \"\" in the namespace \"default\"");
        assertThat(refusal.isByNamespace()).isFalse();
        assertThat(refusal.isByAuthorization()).isTrue();
    }

    @Test
    void apiServerIsNotReadyToJudge() {
        var refusal = new PodRefusal(403, "pods \"zlib-1\" is forbidden: not yet ready to handle request");
        assertThat(refusal.isByNamespace()).isFalse();
        assertThat(refusal.isByAuthorization()).isFalse();
    }

    @Test
    void othersAreNoRefusalsOfTheNamespace() {
        assertThat(new PodRefusal(500, "pods \"zlib-1\": exceeded quota").isByNamespace())
                .isFalse();
        assertThat(new PodRefusal(422, "spec is invalid").isInvalid()).isTrue();
    }
}
