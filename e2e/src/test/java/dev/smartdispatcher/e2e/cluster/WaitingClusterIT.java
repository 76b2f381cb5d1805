package dev.smartdispatcher.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import org.junit.jupiter.api.Test;

/** Builds that cannot start: each says why, and starts once it can. */
@ClusterTier
class WaitingClusterIT {
    @Test
    void quotaIsNamed(BuildFarm farm) {
        farm.kubectl().ok("create", "quota", "small", "--hard=pods=1");
        farm.submit("first", BuildFarm.UNTIL_RELEASED);
        farm.await("first", "Running");
        farm.submit("second", "true");
        var waiting = farm.until(
                        "second",
                        status -> status.waiting() != null && status.waiting().reason() == Reason.QuotaExceeded)
                .waiting();
        assertThat(waiting.message()).contains("exceeded quota: small");
        farm.release("first");
        farm.await("first", "Complete");
        farm.kubectl().ok("delete", "quota", "small");
        farm.await("second", "Complete");
    }

    @Test
    void restrictedNamespaceTakesBuilds(BuildFarm farm) {
        farm.kubectl()
                .ok(
                        "label",
                        "namespace",
                        farm.kubectl().namespace(),
                        "pod-security.kubernetes.io/enforce=restricted",
                        "pod-security.kubernetes.io/warn=restricted");
        farm.submit("modest", "id -u");
        assertThat(farm.await("modest", "Complete").attempts()).hasSize(1);
    }

    @Test
    void imageThatDoesNotExistIsNamed(BuildFarm farm) {
        farm.submit("no-image", "true", "image: 'local.test/none:1'");
        farm.until("no-image", status -> status.condition("Running")
                .filter(running -> running.message().contains("local.test/none:1"))
                .isPresent());
        farm.kubectl().ok("delete", "bj", "no-image");
    }

    @Test
    void claimThatDoesNotExistIsNamedAndWaitedFor(BuildFarm farm) {
        farm.submit("no-claim", "touch \"$BUILD_RESULTS/out\"", "results: {claimName: nowhere}");
        farm.until("no-claim", status -> status.condition("Running")
                .filter(running -> running.message().contains("\"nowhere\" not found"))
                .isPresent());
        farm.kubectl().apply("""
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: {name: nowhere}
                        spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Mi}}}
                        """).succeeded();
        assertThat(farm.await("no-claim", "Complete").attempts()).hasSize(1);
    }

    /** Nobody tells the operator that a namespace of the same name is another one. */
    @Test
    void namespaceIsMadeAnew(BuildFarm farm) {
        farm.submit("before", "true");
        farm.await("before", "Complete");
        var namespace = farm.kubectl().namespace();
        farm.kubectl().ok("delete", "namespace", namespace);
        farm.kubectl().ok("create", "namespace", namespace);
        farm.submit("after", "true");
        assertThat(farm.await("after", "Complete").attempts()).hasSize(1);
    }
}
