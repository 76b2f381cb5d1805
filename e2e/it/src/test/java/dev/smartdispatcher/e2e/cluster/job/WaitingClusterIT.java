package dev.smartdispatcher.e2e.cluster.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
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

    /** It cannot mend itself, so no worker is held, and none counts as lost. */
    @Test
    void whatIsNoImageNameIsNamed(BuildFarm farm) {
        farm.submit("no-name", "true", "image: 'not an image:::'");
        var status =
                farm.until("no-name", s -> s.waiting() != null && s.waiting().reason() == Reason.InvalidImageName);
        assertThat(status.waiting().message()).contains("'not an image:::'");
        assertThat(status.attempts()).extracting("outcome").containsOnly(Reason.InvalidImageName);
        farm.kubectl().ok("delete", "bj", "no-name");
    }

    @Test
    void secretThatDoesNotExistIsNamedAndWaitedFor(BuildFarm farm) {
        farm.submit("no-secret", "[ \"$TOKEN\" = t ]", "envFrom: [{secretRef: {name: tokens}}]");
        farm.until("no-secret", s -> s.waiting() != null && s.waiting().reason() == Reason.SecretNotFound);
        farm.kubectl().ok("create", "secret", "generic", "tokens", "--from-literal=TOKEN=t");
        var attempts = farm.await("no-secret", "Complete").attempts();
        assertThat(attempts.get(0).outcome()).isEqualTo(Reason.SecretNotFound);
        assertThat(attempts.get(0).obstacle().object()).isEqualTo("tokens");
    }

    /** Only an Event of the pod tells it. */
    @Test
    void volumesThatDoNotExistAreNamedAndWaitedFor(BuildFarm farm) {
        farm.submit(
                "no-keys",
                "[ \"$(cat /keys/key)\" = k ]",
                "volumes: [{name: keys, secret: {name: keys}}]",
                "volumeMounts: [{name: keys, mountPath: /keys, readOnly: true}]");
        farm.submit(
                "no-settings",
                "[ \"$(cat /settings/a)\" = b ]",
                "volumes: [{name: settings, configMap: {name: settings}}]",
                "volumeMounts: [{name: settings, mountPath: /settings, readOnly: true}]");
        farm.until("no-keys", s -> s.waiting() != null && s.waiting().reason() == Reason.SecretNotFound);
        farm.until("no-settings", s -> s.waiting() != null && s.waiting().reason() == Reason.ConfigMapNotFound);
        farm.kubectl().ok("create", "secret", "generic", "keys", "--from-literal=key=k");
        farm.kubectl().ok("create", "configmap", "settings", "--from-literal=a=b");
        var secret = farm.await("no-keys", "Complete").attempts().get(0);
        assertThat(secret.outcome()).isEqualTo(Reason.SecretNotFound);
        assertThat(secret.obstacle().object()).isEqualTo("keys");
        var map = farm.await("no-settings", "Complete").attempts().get(0);
        assertThat(map.outcome()).isEqualTo(Reason.ConfigMapNotFound);
        assertThat(map.obstacle().object()).isEqualTo("settings");
    }

    @Test
    void claimThatDoesNotExistIsNamedAndWaitedFor(BuildFarm farm) {
        farm.submit("no-claim", "touch \"$BUILD_RESULTS/out\"", "results: {claimName: nowhere}");
        farm.until(
                "no-claim",
                status -> status.waiting() != null
                        && status.waiting().reason() == Reason.ClaimNotFound
                        && status.waiting().message().contains("'nowhere'"));
        farm.kubectl().apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: nowhere}
            spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Mi}}}
            """).succeeded();
        var attempts = farm.await("no-claim", "Complete").attempts();
        assertThat(attempts)
                .extracting("outcome")
                .contains(Reason.ClaimNotFound)
                .endsWith(Reason.Succeeded);
        assertThat(attempts).extracting("outcome").doesNotContain(Reason.WorkerLost, Reason.StartFailed);
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
