package dev.smartdispatcher.e2e.api.rights;

import dev.smartdispatcher.e2e.api.tier.Account;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Acts under the names of controllers that do not run here, with every right. To be closed. */
record Impersonator(ControlPlane controlPlane, Account account) implements AutoCloseable {
    static final String COLLECTOR = "system:serviceaccount:kube-system:generic-garbage-collector";

    static Impersonator on(ControlPlane controlPlane) {
        return new Impersonator(controlPlane, Account.create(controlPlane.admin(), "impersonator"));
    }

    KubernetesClient as(String user) {
        return controlPlane.client(account.token(), config -> config.withRequestRetryBackoffLimit(0)
                .withImpersonateUsername(user)
                .withImpersonateGroups("system:masters"));
    }

    @Override
    public void close() {
        account.delete(controlPlane.admin());
    }
}
