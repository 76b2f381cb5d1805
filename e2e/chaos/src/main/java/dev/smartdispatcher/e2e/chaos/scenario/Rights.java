package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.e2e.SourceTree;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.BoundObjectReference;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Accounts with the roles and admission policies that the chart ships, so that everybody may do what they may do in a cluster. */
final class Rights {
    static final String NAMESPACE = "smart-dispatcher";
    private static final String OPERATOR = "smart-dispatcher-operator";
    private static final String AGENT = "smart-dispatcher-node-agent";
    private static final String RBAC = "rbac.authorization.k8s.io";
    /** Longer than any run. */
    private static final long LIFE = Duration.ofHours(24).toSeconds();

    private final KubernetesClient admin;

    private Rights(KubernetesClient admin) {
        this.admin = admin;
    }

    /** Applies all of the chart's rights. */
    static Rights install(KubernetesClient admin) {
        var rights = new Rights(admin);
        namespace(admin, NAMESPACE);
        rights.account(OPERATOR);
        rights.account(AGENT);
        try (var files = Files.newDirectoryStream(SourceTree.file("helm/smart-dispatcher/rights"), "*.yaml")) {
            for (var file : files) {
                rights.apply(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the chart's rights cannot be read", e);
        }
        return rights;
    }

    static void namespace(KubernetesClient admin, String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    String operatorToken() {
        return token(OPERATOR, null);
    }

    /** Of the agent on this node. */
    String agentToken(String node) {
        var uid = admin.nodes().withName(node).get().getMetadata().getUid();
        return token(AGENT, new BoundObjectReference("v1", "Node", node, uid));
    }

    private void account(String name) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private void apply(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            for (var item : admin.load(in).items()) {
                admin.resource(item).serverSideApply();
                bind(item);
            }
        }
    }

    /** A role to the account whose name it begins with. */
    private void bind(HasMetadata item) {
        var name = item.getMetadata().getName();
        var account = name.startsWith(AGENT) ? AGENT : OPERATOR;
        if (item instanceof ClusterRole) {
            admin.resource(new ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .withNewRoleRef(RBAC, "ClusterRole", name)
                            .addNewSubject(null, "ServiceAccount", account, NAMESPACE)
                            .build())
                    .serverSideApply();
        } else if (item instanceof Role) {
            admin.resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(NAMESPACE)
                            .endMetadata()
                            .withNewRoleRef(RBAC, "Role", name)
                            .addNewSubject(null, "ServiceAccount", account, NAMESPACE)
                            .build())
                    .serverSideApply();
        }
    }

    private String token(String account, BoundObjectReference bound) {
        return admin.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(LIFE)
                        .withBoundObjectRef(bound)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }
}
