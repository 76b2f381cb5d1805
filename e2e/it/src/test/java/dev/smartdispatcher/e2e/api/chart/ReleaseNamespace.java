package dev.smartdispatcher.e2e.api.chart;

import dev.smartdispatcher.e2e.chart.Chart;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The namespace of the chart's release, which enforces the Pod Security Standard {@code restricted}. */
final class ReleaseNamespace {
    private ReleaseNamespace() {}

    static void create(KubernetesClient client) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(Chart.NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    /** Also what the chart puts into it: nobody else collects that here, or finalizes namespaces. */
    static void delete(KubernetesClient client) {
        client.rbac().roles().inNamespace(Chart.NAMESPACE).delete();
        client.rbac().roleBindings().inNamespace(Chart.NAMESPACE).delete();
        client.serviceAccounts().inNamespace(Chart.NAMESPACE).delete();
        client.services().inNamespace(Chart.NAMESPACE).delete();
        client.policy().v1().podDisruptionBudget().inNamespace(Chart.NAMESPACE).delete();
        client.network().v1().networkPolicies().inNamespace(Chart.NAMESPACE).delete();
        client.namespaces().withName(Chart.NAMESPACE).delete();
        var ending = client.namespaces().withName(Chart.NAMESPACE).get();
        ending.getSpec().setFinalizers(null);
        client.raw("/api/v1/namespaces/" + Chart.NAMESPACE + "/finalize", "PUT", Serialization.asJson(ending));
    }
}
