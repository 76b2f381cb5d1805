package dev.smartdispatcher.e2e.api.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.chart.Chart;
import dev.smartdispatcher.e2e.chart.Rendered;
import dev.smartdispatcher.e2e.chart.Scenario;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart makes is what a real API server takes. */
@ApiTier
class ChartApiIT {
    /** Of operators that are not in this cluster. */
    private static final Set<String> KINDS_OF_OTHERS = Set.of("ServiceMonitor", "PodMonitor", "PrometheusRule");

    private final KubernetesClient client;

    ChartApiIT(KubernetesClient client) {
        this.client = client;
    }

    @BeforeEach
    void namespace() {
        ReleaseNamespace.create(client);
    }

    @AfterEach
    void noNamespace() {
        ReleaseNamespace.delete(client);
    }

    @ParameterizedTest
    @MethodSource("dev.smartdispatcher.e2e.chart.Scenario#all")
    void everyObjectIsAccepted(Scenario scenario) {
        assertThat(scenario.render().manifests())
                .filteredOn(manifest -> !KINDS_OF_OTHERS.contains(manifest.kind()))
                .isNotEmpty()
                .allSatisfy(manifest -> tryTo(manifest.content()));
    }

    @Test
    void operatorAndTestAreAdmittedWhereOnlyRestrictedPodsAre() {
        var rendered = Chart.render();
        tryTo(rendered.only("Pod", "farm-smart-dispatcher-test").content());
        tryTo(pod(rendered.only("Deployment", "farm-smart-dispatcher-operator")));
    }

    @Test
    void theAgentIsRefusedThereForWhatItMustDo() {
        var agent = Chart.render().only("DaemonSet", "farm-smart-dispatcher-node-agent");
        assertThatThrownBy(() -> tryTo(pod(agent)))
                .hasMessageContaining("violates PodSecurity \"restricted:latest\": "
                        + "restricted volume types (volumes \"proc\", \"sys\", \"builds\", \"features\" use restricted volume type"
                        + " \"hostPath\"), seccompProfile (pod must not set"
                        + " securityContext.seccompProfile.type to \"Unconfined\")");
    }

    private void tryTo(JsonNode object) {
        client.resource(Serialization.unmarshal(object.toString(), GenericKubernetesResource.class))
                .dryRun()
                .fieldValidation(Validation.STRICT)
                .serverSideApply();
    }

    /** A pod as the workload's controller would make it. */
    private static JsonNode pod(Rendered.Manifest workload) {
        var template = workload.content().at("/spec/template");
        var pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata")
                .put("name", "pod")
                .put("namespace", Chart.NAMESPACE)
                .set("labels", template.at("/metadata/labels"));
        pod.set("spec", template.path("spec"));
        return pod;
    }
}
