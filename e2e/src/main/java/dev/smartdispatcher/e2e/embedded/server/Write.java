package dev.smartdispatcher.e2e.embedded.server;

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

    static Write of(ApiRequest request, Answer answer) {
        var name = request.name().isEmpty() && request.verb() == Verb.CREATE
                ? answer.body().at("/metadata/name").asText("")
                : request.name();
        return new Write(
                request.verb(),
                request.resource(),
                request.namespace(),
                name,
                request.subresource(),
                answer.code(),
                request.userAgent());
    }

    public boolean isDone() {
        return status < 300;
    }
}
