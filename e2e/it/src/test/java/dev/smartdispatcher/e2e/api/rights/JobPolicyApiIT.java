package dev.smartdispatcher.e2e.api.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much text a job may have, which the API server says when it is created. */
@ApiTier
class JobPolicyApiIT {
    private static final String POLICY = "smart-dispatcher-jobs";
    private static final int LONGEST = 32_768;
    /** One byte more than is allowed. */
    private static final String TOO_MUCH = "args: [LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, x]";

    private static KubernetesClient admin;

    @BeforeAll
    static void install(KubernetesClient client) {
        admin = client;
        // There before the policy is.
        create("old", TOO_MUCH);
        ShippedRights.in(admin).apply("job-policy.yaml");
        await("in force").until(() -> {
            try {
                create("probe", TOO_MUCH);
                delete("probe");
                return false;
            } catch (KubernetesClientException e) {
                return e.getMessage().contains(POLICY);
            }
        });
    }

    @AfterAll
    static void remove() {
        delete("old");
        Stream.of("most", "small").forEach(JobPolicyApiIT::delete);
        admin.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName(POLICY)
                .delete();
        admin.admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withName(POLICY)
                .delete();
    }

    private static void delete(String name) {
        admin.resources(BuildJob.class).inNamespace("default").withName(name).delete();
    }

    private static BuildJob create(String name, String spec) {
        return admin.resource(Serialization.unmarshal(
                        """
                        apiVersion: smartdispatcher.dev/v1alpha1
                        kind: BuildJob
                        metadata: {name: %s, namespace: default}
                        spec: {targetArch: x86_64, environment: e, %s}
                        """.formatted(
                                name, spec.replace("LONG", "x".repeat(LONGEST)).replace("WIDE", "é".repeat(LONGEST))),
                        BuildJob.class))
                .create();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TOO_MUCH,
                "args: [WIDE, WIDE, WIDE, WIDE, x]",
                "command: [WIDE, WIDE, WIDE, WIDE, x]",
                "args: [WIDE, WIDE, WIDE], env: [{name: A, value: WIDE}]",
                "args: [WIDE, WIDE, WIDE, WIDE], volumes: [{name: v, emptyDir: {}}], volumeMounts: [{name: v,"
                        + " mountPath: /a}]",
            })
    void moreThanThatIsRefused(String spec) {
        assertThatThrownBy(() -> create("refused", spec))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(422))
                .hasMessageContaining(BuildJobSpec.SIZE);
    }

    @Test
    void asMuchAsThatIsAccepted() {
        create("most", "args: [" + Stream.generate(() -> "LONG").limit(8).collect(Collectors.joining(", ")) + "]");
        create("small", "args: [a]");
    }

    /** A finalizer that could not be taken away would keep it for ever. */
    @Test
    void whatWasThereBeforeCanBeChangedButForItsSpec() {
        var old = admin.resources(BuildJob.class).inNamespace("default").withName("old");
        var merge = PatchContext.of(PatchType.JSON_MERGE);
        old.patch(merge, "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");
        assertThatThrownBy(() -> old.patch(merge, "{\"spec\": {\"workingDir\": \"/w\"}}"))
                .hasMessageContaining(BuildJobSpec.SIZE);
    }
}
