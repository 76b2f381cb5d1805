package dev.smartdispatcher.e2e.api.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.chart.Chart;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.definitions.CreationPolicy;
import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import dev.smartdispatcher.e2e.farm.Farm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release from installation to its end, by Helm, as docs/install.md tells it. */
@ApiTier
class ReleaseLifeApiIT {
    private final KubernetesClient client;
    private final Path kubeconfig;
    private final Helm helm = new Helm(Chart.shipped().directory());

    ReleaseLifeApiIT(ControlPlane controlPlane, KubernetesClient client) {
        this.client = client;
        this.kubeconfig = controlPlane.kubeconfig("helm", null);
    }

    @BeforeEach
    void install() {
        ReleaseNamespace.create(client);
        installation(Chart.RELEASE).set("dispatchPolicy.create", true).call();
    }

    @AfterEach
    void uninstall() {
        Helm.uninstall(Chart.RELEASE)
                .ignoreNotFound()
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(kubeconfig)
                .call();
        ReleaseNamespace.delete(client);
    }

    @Test
    void aSecondReleaseIsRefused() {
        var second = installation("other");
        assertThatThrownBy(second::call)
                .hasMessageContaining("smartdispatcher.dev:")
                .hasMessageContaining("must equal \"other\": current value is \"" + Chart.RELEASE + "\"");
    }

    @Test
    void anUpgradeFollowsThatOfTheDefinitions() {
        // As kubectl apply --server-side --force-conflicts does.
        ShippedDefinitions.read().forEach(definition -> client.resource(definition)
                .fieldManager("kubectl")
                .forceConflicts()
                .serverSideApply());
        helm.upgrade()
                .withName(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(kubeconfig)
                .set("operator.replicas", 3)
                .call();
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(Chart.NAMESPACE)
                        .withName("farm-smart-dispatcher-operator")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(3);
    }

    @Test
    void whatTheFarmHasOutlivesTheRelease() {
        Farm.of(client).job("stays");
        assertThat(ofTheRelease()).isNotEmpty();
        uninstall();
        ReleaseNamespace.create(client);
        assertThat(ofTheRelease()).isEmpty();
        assertThat(client.resources(BuildJob.class)
                        .inNamespace("default")
                        .withName("stays")
                        .get())
                .isNotNull();
        assertThat(client.resources(DispatchPolicy.class)
                        .withName(DispatchPolicy.NAME)
                        .get())
                .isNotNull();
    }

    /** What guards and gives rights in the whole cluster. */
    private Stream<HasMetadata> ofTheRelease() {
        var admission = client.admissionRegistration().v1();
        return Stream.of(
                        client.resources(ClusterRole.class)
                                .withLabel("app.kubernetes.io/instance", Chart.RELEASE)
                                .list(),
                        admission.validatingAdmissionPolicies().list(),
                        admission.validatingAdmissionPolicyBindings().list())
                .<HasMetadata>flatMap(list -> list.getItems().stream())
                // That the tier itself needs for its operators.
                .filter(object -> !object.getMetadata().getName().equals(CreationPolicy.NAME));
    }

    private InstallCommand installation(String release) {
        return helm.install().withName(release).withNamespace(Chart.NAMESPACE).withKubeConfig(kubeconfig);
    }
}
