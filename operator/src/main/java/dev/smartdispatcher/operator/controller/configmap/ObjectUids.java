package dev.smartdispatcher.operator.controller.configmap;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks which object has a name, for some hundred bytes however large the object is. */
final class ObjectUids {
    private static final String METADATA_ONLY = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    private final KubernetesClient client;

    ObjectUids(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The UID of the ConfigMap that has this one's name now; empty if none has.
     *
     * @throws KubernetesClientException if the API server does not say
     */
    Optional<String> of(ConfigMap map) {
        var meta = map.getMetadata();
        var response = send(URLUtils.join(
                client.getMasterUrl().toString(),
                "api/v1/namespaces",
                meta.getNamespace(),
                "configmaps",
                meta.getName()));
        if (response.code() == HttpURLConnection.HTTP_NOT_FOUND) {
            return Optional.empty();
        }
        if (!response.isSuccessful()) {
            throw failure(response);
        }
        return Optional.of(Serialization.unmarshal(response.body(), PartialObjectMetadata.class)
                .getMetadata()
                .getUid());
    }

    private HttpResponse<String> send(String uri) {
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(uri)
                .header("Accept", METADATA_ONLY)
                .build();
        try {
            return http.sendAsync(request, String.class)
                    .get(client.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("interrupted while " + uri + " was asked for", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KubernetesClientException("no answer from " + uri, e);
        }
    }

    private static KubernetesClientException failure(HttpResponse<String> response) {
        var status = Serialization.unmarshal(response.body(), Status.class);
        return new KubernetesClientException(response.body(), response.code(), status);
    }
}
