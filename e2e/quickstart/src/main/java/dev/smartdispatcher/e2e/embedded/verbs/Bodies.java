package dev.smartdispatcher.e2e.embedded.verbs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ObjectKey;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import dev.smartdispatcher.e2e.embedded.schema.FieldError;

/** Whether the body of a request fits its URL. */
final class Bodies {
    static final FieldError NAME_REQUIRED = FieldError.required("metadata.name", "name or generateName is required");

    private Bodies() {}

    static void requireKind(ResourceKind kind, JsonNode body) {
        var apiVersion = body.path("apiVersion").asText();
        var name = body.path("kind").asText();
        if (!apiVersion.equals(kind.gvr().apiVersion()) || !name.equals(kind.kind())) {
            throw ApiException.badRequest("the API version and kind in the data (" + apiVersion + ", " + name
                    + ") do not match the expected (" + kind.gvr().apiVersion() + ", " + kind.kind() + ")");
        }
    }

    static void requireNamespace(ResourceKind kind, String namespace, JsonNode body) {
        var said = Meta.of(body).namespace();
        if (kind.namespaced() && !said.isEmpty() && !said.equals(namespace)) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on" + " the request");
        }
    }

    static void requireName(ObjectKey key, JsonNode body) {
        var said = Meta.of(body).name();
        if (!said.equals(key.name())) {
            throw ApiException.badRequest(
                    "the name of the object (" + said + ") does not match the name on the URL (" + key.name() + ")");
        }
    }

    /** Refuses a body with another object's uid, or with a resourceVersion that is not {@code current}'s. */
    static void requireCurrent(Target target, JsonNode current, JsonNode body) {
        var now = Meta.of(current);
        var said = Meta.of(body);
        if (!said.uid().isEmpty() && !said.uid().equals(now.uid())) {
            throw ApiException.conflict(
                    target.kind(),
                    target.key().name(),
                    "Precondition failed: UID in precondition: " + said.uid() + ", UID in object meta: " + now.uid());
        }
        if (!said.resourceVersion().isEmpty() && !said.resourceVersion().equals(now.resourceVersion())) {
            throw ApiException.stale(target.kind(), target.key().name());
        }
    }
}
