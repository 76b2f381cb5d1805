package dev.smartdispatcher.cli.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.Refusal;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/**
 * The log of one container, as a stream that is read no faster than it is taken.
 *
 * @param pod in the namespace of the cluster
 */
record LogSource(Cluster cluster, String pod, String container) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of an answer that is no log. */
    private static final int MOST_BYTES = 64 << 10;

    /** What the API server has of it. */
    sealed interface Answer {
        /** Lines, each with its time before it; to be closed. */
        record Lines(InputStream stream) implements Answer {}

        /** There is no such pod any more. */
        record Gone() implements Answer {}

        /** The container has not started, or there is none of this name. */
        record NotThere(String message) implements Answer {}
    }

    /**
     * Asks for it.
     *
     * @param follow until the container ends
     * @param since only lines from this second on
     * @param tail only so many lines at the end
     */
    Answer open(boolean follow, Optional<Instant> since, Optional<Integer> tail) {
        var query = new StringBuilder("?timestamps=true&container=" + encoded(container));
        if (follow) {
            query.append("&follow=true");
        }
        since.ifPresent(time -> query.append("&sinceTime=").append(encoded(time.toString())));
        tail.ifPresent(lines -> query.append("&tailLines=").append(lines));
        var client = cluster.client();
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl() + "api/v1/namespaces/" + encoded(cluster.namespace()) + "/pods/"
                        + encoded(pod) + "/log" + query)
                .forStreaming()
                .build();
        try {
            return answer(
                    client.getHttpClient().sendAsync(request, InputStream.class).join());
        } catch (CompletionException | CancellationException e) {
            throw Refusal.of(new KubernetesClientException("no answer", e));
        }
    }

    private static Answer answer(HttpResponse<InputStream> response) {
        if (response.isSuccessful()) {
            return new Answer.Lines(response.body());
        }
        var status = status(response);
        return switch (response.code()) {
            case HttpURLConnection.HTTP_NOT_FOUND -> new Answer.Gone();
            case HttpURLConnection.HTTP_BAD_REQUEST -> new Answer.NotThere(status.getMessage());
            default -> throw Refusal.of(new KubernetesClientException(status));
        };
    }

    private static Status status(HttpResponse<InputStream> response) {
        var text = "";
        try (var body = response.body()) {
            text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return JSON.readValue(text, Status.class);
        } catch (IOException e) {
            return new StatusBuilder()
                    .withCode(response.code())
                    .withMessage(text.isBlank() ? "status " + response.code() : text.strip())
                    .build();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
