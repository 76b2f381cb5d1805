package dev.smartdispatcher.e2e.api.rights;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.SourceTree;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The roles and policies of the chart, applied as an administrator would by hand. */
public record ShippedRights(KubernetesClient admin) {
    /** Where the files expect operator and agents. */
    public static final String NAMESPACE = "smart-dispatcher";

    public static final String OPERATOR = "smart-dispatcher-operator";
    public static final String AGENT = "smart-dispatcher-node-agent";

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path DIRECTORY = SourceTree.file("helm/smart-dispatcher/rights");

    /** With the namespace, which nothing removes. */
    public static ShippedRights in(KubernetesClient admin) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return new ShippedRights(admin);
    }

    /** Both service accounts, each with its roles. */
    public ShippedRights bindAll() {
        bind(clusterRole("operator.yaml"), ServiceAccount.of(admin, NAMESPACE, OPERATOR));
        bind(clusterRole("node-agent.yaml"), ServiceAccount.of(admin, NAMESPACE, AGENT));
        bind(leaseRole(), ServiceAccount.of(admin, NAMESPACE, OPERATOR));
        return this;
    }

    public ClusterRole clusterRole(String file) {
        try (var in = open(file)) {
            return admin.rbac().clusterRoles().load(in).item();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Role leaseRole() {
        try (var in = open("operator-lease.yaml")) {
            return admin.rbac().roles().load(in).item();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A policy and its binding. It takes effect within a second or so. */
    public void apply(String file) {
        try (var in = open(file)) {
            admin.load(in).items().forEach(item -> admin.resource(item).serverSideApply());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the API server goes by it, which reads roles and bindings beside. */
    public void bind(ClusterRole role, ServiceAccount account) {
        admin.resource(role).serverSideApply();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(bindingName(role, account))
                        .endMetadata()
                        .withNewRoleRef(
                                "rbac.authorization.k8s.io",
                                "ClusterRole",
                                role.getMetadata().getName())
                        .addNewSubject(null, "ServiceAccount", account.name(), account.namespace())
                        .build())
                .serverSideApply();
        awaitInForce(role.getRules(), null, account);
    }

    /** As with a ClusterRole. */
    public void bind(Role role, ServiceAccount account) {
        admin.resource(role).serverSideApply();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(bindingName(role, account))
                        .withNamespace(role.getMetadata().getNamespace())
                        .endMetadata()
                        .withNewRoleRef(
                                "rbac.authorization.k8s.io",
                                "Role",
                                role.getMetadata().getName())
                        .addNewSubject(null, "ServiceAccount", account.name(), account.namespace())
                        .build())
                .serverSideApply();
        awaitInForce(role.getRules(), role.getMetadata().getNamespace(), account);
    }

    private void awaitInForce(List<PolicyRule> rules, String namespace, ServiceAccount account) {
        var rule = rules.get(rules.size() - 1);
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(account.user())
                .withNewResourceAttributes()
                .withVerb(rule.getVerbs().get(0))
                .withGroup(rule.getApiGroups().get(0))
                .withResource(rule.getResources().get(0).split("/")[0])
                .withSubresource(
                        rule.getResources().get(0).contains("/")
                                ? rule.getResources().get(0).split("/")[1]
                                : null)
                .withName(rule.getResourceNames().stream().findFirst().orElse(null))
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        await("the effect of " + account.name() + "'s role").atMost(PATIENCE).until(() -> admin.authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed());
    }

    private static String bindingName(HasMetadata role, ServiceAccount account) {
        var name = role.getMetadata().getName();
        return account.name().equals(name) ? name : name + "-to-" + account.name();
    }

    private static InputStream open(String file) throws IOException {
        return Files.newInputStream(DIRECTORY.resolve(file));
    }
}
