package dev.smartdispatcher.e2e.raw;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to an API server without a model in between: what is sent and what is answered is all of it. */
public record RawApi(KubernetesClient client) {
    private static final String JSON = "application/json";
    private static final int PATIENCE_SECONDS = 120;

    /** {@code path} with its query. */
    public Answer get(String path) {
        return get(path, JSON);
    }

    /** In another form than JSON, such as a Table. */
    public Answer get(String path, String accept) {
        return send("GET", path, accept, JSON, null);
    }

    public Answer post(String path, JsonNode object) {
        return send("POST", path, JSON, JSON, object.toString());
    }

    /** Creates an object and writes its status, for which an API server wants two requests; the answer to the last of them. */
    public Answer createWithStatus(String path, ObjectNode object) {
        var created = post(path, object);
        if (!created.accepted() || !object.has("status")) {
            return created;
        }
        return replace(path + "/" + object.at("/metadata/name").asText(), "/status", object);
    }

    /** Puts an object, or its subresource, in the place of one to which others write, too. */
    public Answer replace(String path, String subresource, ObjectNode object) {
        return await().pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(
                        () -> {
                            var now = object.deepCopy();
                            now.withObject("/metadata")
                                    .set("resourceVersion", get(path).body().at("/metadata/resourceVersion"));
                            return put(path + subresource, now);
                        },
                        answer -> answer.code() != HttpURLConnection.HTTP_CONFLICT);
    }

    public Answer put(String path, JsonNode object) {
        return send("PUT", path, JSON, JSON, object.toString());
    }

    /** A JSON merge patch. */
    public Answer merge(String path, JsonNode patch) {
        return send("PATCH", path, JSON, "application/merge-patch+json", patch.toString());
    }

    /** Server-side apply of YAML. */
    public Answer apply(String path, String yaml) {
        return send("PATCH", path, JSON, "application/apply-patch+yaml", yaml);
    }

    /** A body in YAML, as it is in a file. */
    public Answer postYaml(String path, String yaml) {
        return send("POST", path, JSON, "application/yaml", yaml);
    }

    public Answer delete(String path) {
        return send("DELETE", path, JSON, JSON, null);
    }

    private Answer send(String method, String path, String accept, String contentType, String body) {
        var base = client.getMasterUrl().toString().replaceFirst("/$", "");
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(base + path))
                .header("Accept", accept)
                .method(method, contentType, body)
                .build();
        try {
            var response =
                    client.getHttpClient().sendAsync(request, String.class).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Answer(
                    response.code(), Serialization.unmarshal(response.body(), JsonNode.class), warnings(response));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " " + path + " is not answered", e);
        }
    }

    /** Of {@code 299 - "text"} the text. */
    private static List<String> warnings(HttpResponse<String> response) {
        return response.headers("Warning").stream()
                .map(warning ->
                        warning.replaceFirst("^299 \\S+ \"(.*)\"$", "$1").replace("\\\"", "\""))
                .toList();
    }
}
