package dev.smartdispatcher.e2e.embedded.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;

/**
 * One write that was asked for, done or refused.
 *
 * @param resource the plural, as {@code buildjobs}
 * @param name empty for a collection
 * @param subresource empty for the object itself
 * @param status the HTTP status of the answer
 * @param by the writer's user agent: that of a client's configuration, or the name of a controller here
 */
public record Write(
        Verb verb, String resource, String namespace, String name, String subresource, int status, String by) {

    /** A request that was answered with this status and body; a creation may learn its name only by the answer. */
    public static Write of(ApiRequest request, int status, JsonNode body) {
        var name = request.name().isEmpty() && request.verb() == Verb.CREATE
                ? body.at("/metadata/name").asText("")
                : request.name();
        return new Write(
                request.verb(),
                request.resource(),
                request.namespace(),
                name,
                request.subresource(),
                status,
                request.userAgent());
    }

    public boolean isDone() {
        return status < 300;
    }
}
