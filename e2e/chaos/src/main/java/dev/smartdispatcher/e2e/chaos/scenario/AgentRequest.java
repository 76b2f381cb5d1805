package dev.smartdispatcher.e2e.chaos.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionException;

/** The one request of an agent, which may read nothing: server-side apply of {@code status.agent}. */
final class AgentRequest {
    private static final String PATH =
            "/apis/smartdispatcher.dev/v1alpha1/buildworkers/%s/status?fieldManager=smart-dispatcher-node-agent&force=true";

    private AgentRequest() {}

    /** @throws KubernetesClientException if the API server refuses it, or is away */
    static void publish(KubernetesClient agent, String worker, ObjectNode facts) {
        var apply = JsonNodeFactory.instance.objectNode();
        apply.put("apiVersion", "smartdispatcher.dev/v1alpha1").put("kind", "BuildWorker");
        apply.putObject("metadata").put("name", worker);
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        apply.putObject("status").set("agent", facts.deepCopy().put("observedTime", now));
        var base = agent.getMasterUrl().toString().replaceFirst("/$", "");
        var http = agent.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(base + PATH.formatted(worker))
                .method("PATCH", "application/apply-patch+yaml", apply.toString())
                .build();
        try {
            var response = http.sendAsync(request, String.class).join();
            if (!response.isSuccessful()) {
                throw new KubernetesClientException(response.body(), response.code(), null);
            }
        } catch (CompletionException e) {
            throw new KubernetesClientException("no answer", e);
        }
    }
}
