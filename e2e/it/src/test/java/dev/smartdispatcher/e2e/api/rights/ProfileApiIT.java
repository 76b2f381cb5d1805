package dev.smartdispatcher.e2e.api.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A tenant sees what was learned from its own builds and may have it forgotten, and no more: with the rights to profiles that the
 * chart's roles for viewing and editing give, bound in its namespace.
 */
@ApiTier
class ProfileApiIT {
    private static final String OWN = "profiles-of-a";
    private static final String OTHER = "profiles-of-b";
    private static final int FORBIDDEN = 403;

    private final KubernetesClient admin;
    private final KubernetesClient tenant;

    ProfileApiIT(ControlPlane controlPlane) {
        admin = controlPlane.admin();
        for (var namespace : new String[] {OWN, OTHER}) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .createOr(NonDeletingOperation::update);
        }
        var account = ServiceAccount.of(admin, OWN, "tenant");
        bind(account);
        tenant = controlPlane.client(account.token());
    }

    /** As the chart's view and edit do; the chart's tests compare those with golden files. */
    private void bind(ServiceAccount account) {
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("smart-dispatcher-profiles")
                        .withNamespace(OWN)
                        .endMetadata()
                        .withRules(new PolicyRuleBuilder()
                                .withApiGroups("smartdispatcher.dev")
                                .withResources("buildprofiles")
                                .withVerbs("get", "list", "watch", "delete", "deletecollection")
                                .build())
                        .build())
                .createOr(NonDeletingOperation::update);
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("smart-dispatcher-profiles")
                        .withNamespace(OWN)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "smart-dispatcher-profiles")
                        .addNewSubject()
                        .withKind("User")
                        .withName(account.user())
                        .endSubject()
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    @AfterEach
    void clean() {
        Leftovers.remove(admin);
    }

    @Test
    void aTenantCannotReadForgeOrEvictWhatWasLearnedFromOthers() {
        var own = create(OWN);
        var other = create(OTHER);
        assertThat(tenant.resource(own).get().getStatus().packageName()).isEqualTo("zlib");
        assertForbidden(() -> tenant.resource(other).get());
        assertForbidden(
                () -> tenant.resources(BuildProfile.class).inNamespace(OTHER).list());
        assertForbidden(() -> tenant.resource(other).delete());
        assertForbidden(() -> tenant.resource(profile(OWN, "forged")).create());
        assertForbidden(() -> {
            var forged = tenant.resource(own).get();
            forged.setStatus(forged.getStatus().withRuns(1000L));
            tenant.resource(forged).updateStatus();
        });
        tenant.resource(own).delete();
        assertThat(admin.resource(own).get()).isNull();
        assertThat(admin.resource(other).get().getStatus().runs()).isEqualTo(3);
    }

    private BuildProfile create(String namespace) {
        var created = admin.resource(profile(namespace, "zlib")).create();
        created.setStatus(
                BuildProfileStatus.EMPTY.with().packageName("zlib").runs(3L).build());
        return admin.resource(created).updateStatus();
    }

    private static BuildProfile profile(String namespace, String name) {
        var profile = new BuildProfile();
        profile.getMetadata().setNamespace(namespace);
        profile.getMetadata().setName(name);
        return profile;
    }

    private static void assertForbidden(ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                .isEqualTo(FORBIDDEN));
    }
}
