package dev.smartdispatcher.operator.client.refusal;

import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Cause;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells an administrator in one line why a request to the API server failed: the client's own message is a page. */
public final class ApiFailure {
    private static final int UNPROCESSABLE = 422;

    private static final Set<Integer> CONTENT =
            Set.of(HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_ENTITY_TOO_LARGE, UNPROCESSABLE);

    private ApiFailure() {}

    /**
     * Whether a request can never have been done: its content is refused. Any other answer may be to a second sending of what
     * was done already, its first answer lost: a conflict with itself, or 403 by an API server that has just been started and
     * does not know the rights yet.
     */
    public static boolean isOfContent(KubernetesClientException e) {
        return CONTENT.contains(e.getCode());
    }

    /** Whether the API server said something at all. */
    public static boolean isAnswer(KubernetesClientException e) {
        return e.getCode() > 0;
    }

    /** The refusal of a write of anything but a worker pod. */
    public static ApiRefusal refusal(Verb verb, String resource, KubernetesClientException e) {
        return refusal(verb, resource, e, cause -> FieldAuthor.Nobody);
    }

    /**
     * The refusal of a write.
     *
     * @param authors whose word a field is that the API server finds wrong
     */
    public static ApiRefusal refusal(
            Verb verb, String resource, KubernetesClientException e, Function<Cause, FieldAuthor> authors) {
        var status = Optional.ofNullable(e.getStatus());
        var message = status.map(Status::getMessage).orElse(String.valueOf(e.getMessage()));
        var listed = status.map(Status::getDetails).map(StatusDetails::getCauses).orElse(List.of()).stream()
                .filter(c -> c.getField() != null && !c.getField().isEmpty())
                .map(c -> new Cause(c.getField(), String.valueOf(c.getMessage())))
                .toList();
        return new ApiRefusal(
                verb,
                resource,
                Math.max(0, e.getCode()),
                status.map(Status::getReason).orElse(""),
                message,
                e.getCode() == UNPROCESSABLE
                        ? ApiRefusal.causes(listed, message).stream()
                                .map(authors)
                                .collect(Collectors.toSet())
                        : Set.of());
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
