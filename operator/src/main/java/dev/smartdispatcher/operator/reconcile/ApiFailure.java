package dev.smartdispatcher.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells an administrator in one line why a request to the API server failed: the client's own message is a page. */
public final class ApiFailure {
    private ApiFailure() {}

    /** Whether the API server has answered that the request is not done. Without, it may be done, now or soon. */
    public static boolean isAnswer(KubernetesClientException e) {
        return e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    /** What the API server said, or else why there is no answer of it. */
    public static String reason(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getCode() + " " + e.getStatus().getMessage();
        }
        var cause = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .reduce((outer, inner) -> inner)
                .orElse(e);
        return "no answer: " + cause;
    }
}
