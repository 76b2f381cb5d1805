package dev.smartdispatcher.e2e.bench.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.e2e.bench.stand.BenchFailure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Resident memory of the project's own pods, in MiB, largest first: {@code rssBytes} of the kubelets' summary, which counts no
 * page of a file.
 */
record Residents(List<Long> operatorMiB, List<Long> agentMiB) {
    private static final long MIB = 1024 * 1024;
    private static final String COMPONENT = "app.kubernetes.io/component";

    /** Asks the kubelet of each pod. */
    static Residents of(KubernetesClient client) {
        return new Residents(of(client, "operator"), of(client, "node-agent"));
    }

    private static List<Long> of(KubernetesClient client, String component) {
        var sizes = new ArrayList<Long>();
        for (var pod : client.pods()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/part-of", "smart-dispatcher")
                .withLabel(COMPONENT, component)
                .list()
                .getItems()) {
            sizes.add(rssBytes(client, pod) / MIB);
        }
        return sizes.stream().sorted((a, b) -> Long.compare(b, a)).toList();
    }

    private static long rssBytes(KubernetesClient client, Pod pod) {
        var summary = client.raw("/api/v1/nodes/" + pod.getSpec().getNodeName() + "/proxy/stats/summary");
        try {
            var pods = new ObjectMapper().readTree(summary).path("pods");
            return StreamSupport.stream(pods.spliterator(), false)
                    .filter(entry -> entry.path("podRef")
                            .path("uid")
                            .asText()
                            .equals(pod.getMetadata().getUid()))
                    .flatMap(entry ->
                            StreamSupport.stream(entry.path("containers").spliterator(), false))
                    .map(container -> container.path("memory").path("rssBytes"))
                    .mapToLong(JsonNode::asLong)
                    .sum();
        } catch (IOException e) {
            throw new BenchFailure("the kubelet's summary cannot be read", e);
        }
    }
}
