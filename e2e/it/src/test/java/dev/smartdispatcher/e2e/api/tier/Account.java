package dev.smartdispatcher.e2e.api.tier;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A service account that may do everything: the audit log tells apart those who use it.
 *
 * @param user as the audit log names it
 * @param token good for an hour
 */
public record Account(String name, String user, String token) {
    private static final String NAMESPACE = "default";

    public static Account create(KubernetesClient admin, String name) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", name, NAMESPACE)
                        .build())
                .create();
        TokenRequest granted =
                admin.serviceAccounts().inNamespace(NAMESPACE).withName(name).tokenRequest();
        return new Account(
                name,
                "system:serviceaccount:" + NAMESPACE + ":" + name,
                granted.getStatus().getToken());
    }

    public void delete(KubernetesClient admin) {
        admin.rbac().clusterRoleBindings().withName(name).delete();
        admin.serviceAccounts().inNamespace(NAMESPACE).withName(name).delete();
    }
}
