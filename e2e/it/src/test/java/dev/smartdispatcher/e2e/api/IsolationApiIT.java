package dev.smartdispatcher.e2e.api;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.pod.RetentionLimits;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import dev.smartdispatcher.operator.workload.pod.WorkerPodRequest;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which level of Pod Security admits the pod of each isolation, as docs/security.md tells. */
@ApiTier
class IsolationApiIT {
    private static final String DEVICE = "devices.kubevirt.io/kvm";

    @ParameterizedTest
    @CsvSource({"Container, restricted", "UserNamespace, restricted", "KVM, restricted", "Chroot, baseline"})
    void admitted(String isolation, String level, KubernetesClient client) {
        var pod = client.resource(pod(isolation, namespace(client, level)))
                .dryRun()
                .create();
        assertThat(pod.getSpec().getHostUsers())
                .isEqualTo(List.of("Container", "KVM").contains(isolation) ? null : Boolean.FALSE);
        assertThat(pod.getSpec().getContainers().get(0).getResources().getLimits())
                .satisfies(limits -> assertThat(limits.containsKey(DEVICE)).isEqualTo(isolation.equals("KVM")));
    }

    @ParameterizedTest
    @CsvSource("Chroot, restricted")
    void refused(String isolation, String level, KubernetesClient client) {
        var pod = pod(isolation, namespace(client, level));
        assertRefused(
                        HttpURLConnection.HTTP_FORBIDDEN,
                        () -> client.resource(pod).dryRun().create())
                .hasMessageContaining("violates PodSecurity");
    }

    private static String namespace(KubernetesClient client, String level) {
        var name = "isolation-" + level;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", level)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return name;
    }

    private static Pod pod(String isolation, String namespace) {
        var job = Serialization.unmarshal("""
            targetArch: x86_64
            environment: any
            requires: {isolation: %s}
            """.formatted(isolation), BuildJobSpec.class);
        var environment = Serialization.unmarshal("image: local.test/build:1", BuildEnvironmentSpec.class);
        return WorkerPod.of(new WorkerPodRequest(
                new JobIdentity(namespace, "job", "0123456789"),
                job,
                1,
                new Allocation(
                        "w", "x86_64", Mode.Native, 1, new Quantity("1"), new Quantity("1Gi"), new Quantity("1Gi")),
                PackageRules.evaluate(environment, Architecture.x86_64, Architecture.x86_64, Mode.Native),
                "lists",
                "entry",
                Optional.empty(),
                60,
                List.of(),
                "",
                new RetentionLimits(0, 0),
                isolation.equals("KVM") ? Optional.of(DEVICE) : Optional.empty()));
    }
}
