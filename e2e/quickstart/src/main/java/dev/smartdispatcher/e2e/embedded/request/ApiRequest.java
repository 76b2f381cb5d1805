package dev.smartdispatcher.e2e.embedded.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;

/**
 * One request about objects.
 *
 * @param query decoded
 * @param accept what the answer may be; empty: anything
 * @param contentType of the body; empty if there is none
 * @param userAgent who asks: clients are told apart by it in the log of writes
 * @param body missing if there is none
 */
public record ApiRequest(
        Verb verb,
        ResourcePath path,
        Map<String, String> query,
        String accept,
        String contentType,
        String userAgent,
        JsonNode body) {

    /** A request from within this process. */
    public static ApiRequest internal(Verb verb, ResourcePath path, String contentType, String by, JsonNode body) {
        return new ApiRequest(verb, path, Map.of(), "", contentType, by, body);
    }

    /** A request from within this process that has no body. */
    public static ApiRequest internal(Verb verb, ResourcePath path, String by) {
        return internal(verb, path, "", by, MissingNode.getInstance());
    }

    /** The plural, as {@code pods}. */
    public String resource() {
        return path.gvr().resource();
    }

    public String namespace() {
        return path.namespace();
    }

    /** The object's name: from the path, or of a creation from the body. */
    public String name() {
        return path.name().isEmpty() ? body.at("/metadata/name").asText("") : path.name();
    }

    public String subresource() {
        return path.subresource();
    }

    /** Whether this is {@code verb} on {@code resource}, a plural. */
    public boolean is(Verb wanted, String resource) {
        return verb == wanted && resource().equals(resource);
    }

    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }
}
