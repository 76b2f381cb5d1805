package dev.smartdispatcher.e2e.hollow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionException;

/** What a kubelet would write into a pod's status, by strategic merge patch as it does. */
final class HollowStatus {
    private HollowStatus() {}

    static void running(KubernetesClient client, Pod pod) {
        var status = status("Running");
        status.put("startTime", now());
        container(pod, status).putObject("running").put("startedAt", now());
        patch(client, pod, status);
    }

    /** Container and phase in one write; a kubelet needs two. */
    static void succeeded(KubernetesClient client, Pod pod) {
        var status = status("Succeeded");
        container(pod, status)
                .putObject("terminated")
                .put("exitCode", 0)
                .put("reason", "Completed")
                .put("message", "{\"exitCode\":0}")
                .put("startedAt", now())
                .put("finishedAt", now());
        patch(client, pod, status);
    }

    private static ObjectNode status(String phase) {
        return JsonNodeFactory.instance.objectNode().put("phase", phase);
    }

    private static ObjectNode container(Pod pod, ObjectNode status) {
        var spec = pod.getSpec().getContainers().get(0);
        return status.putArray("containerStatuses")
                .addObject()
                .put("name", spec.getName())
                .put("image", spec.getImage())
                .put("imageID", "")
                .put("ready", false)
                .put("restartCount", 0)
                .putObject("state");
    }

    private static void patch(KubernetesClient client, Pod pod, ObjectNode status) {
        var patch = JsonNodeFactory.instance.objectNode();
        // Another pod that has its name by now stays as it is.
        patch.putObject("metadata").put("uid", pod.getMetadata().getUid());
        patch.set("status", status);
        send(client, pod, patch.toString());
    }

    /** The client's own patch would read the pod before it. */
    private static void send(KubernetesClient client, Pod pod, String patch) {
        var meta = pod.getMetadata();
        var uri = client.getMasterUrl()
                .toString()
                .replaceFirst("/$", "")
                .concat("/api/v1/namespaces/%s/pods/%s/status".formatted(meta.getNamespace(), meta.getName()));
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(uri)
                .method("PATCH", "application/strategic-merge-patch+json", patch)
                .build();
        HttpResponse<String> response;
        try {
            response = http.sendAsync(request, String.class).join();
        } catch (CompletionException e) {
            throw new KubernetesClientException("no answer", e);
        }
        if (!response.isSuccessful()) {
            throw new KubernetesClientException(response.body(), response.code(), null);
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
