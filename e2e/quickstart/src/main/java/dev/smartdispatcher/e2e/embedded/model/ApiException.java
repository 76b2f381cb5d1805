package dev.smartdispatcher.e2e.embedded.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.schema.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/** A request that is refused, as the {@code Status} that says so in a real API server's words. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    /** A refusal without details. */
    public ApiException(int code, String reason, String message) {
        this(code, reason, message, JsonNodeFactory.instance.objectNode());
    }

    private ApiException(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    public static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message);
    }

    public static ApiException noSuchResource() {
        return new ApiException(404, "NotFound", "the server could not find the requested resource");
    }

    public static ApiException methodNotAllowed() {
        return new ApiException(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    public static ApiException notFound(ResourceKind kind, String name) {
        return about(404, "NotFound", kind, name, named(kind, name) + " not found");
    }

    public static ApiException alreadyExists(ResourceKind kind, String name) {
        return about(409, "AlreadyExists", kind, name, named(kind, name) + " already exists");
    }

    /** The object is not what the writer thinks; {@code why} completes the sentence. */
    public static ApiException conflict(ResourceKind kind, String name, String why) {
        return about(409, "Conflict", kind, name, "Operation cannot be fulfilled on " + named(kind, name) + ": " + why);
    }

    /** A write with a resourceVersion that is no longer the object's. */
    public static ApiException stale(ResourceKind kind, String name) {
        return conflict(
                kind,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiException forbidden(ResourceKind kind, String name, String why) {
        return about(403, "Forbidden", kind, name, named(kind, name) + " is forbidden: " + why);
    }

    /** Broken rules, at least one. */
    public static ApiException invalid(ResourceKind kind, String name, List<FieldError> errors) {
        var sentences = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
        var exception = about(
                422,
                "Invalid",
                kind,
                name,
                kind.qualified() + " \"" + name + "\" is invalid: "
                        + (errors.size() == 1 ? sentences : "[" + sentences + "]"));
        exception.details.put("kind", kind.kind());
        var causes = exception.details.putArray("causes");
        errors.forEach(error -> causes.addObject()
                .put("reason", error.reason())
                .put("message", error.detail())
                .put("field", error.field()));
        return exception;
    }

    public int code() {
        return code;
    }

    /** The body of the answer. */
    public ObjectNode status() {
        var status = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "Status")
                .put("status", "Failure")
                .put("message", getMessage())
                .put("reason", reason)
                .put("code", code);
        status.putObject("metadata");
        status.set("details", details);
        return status;
    }

    private static ApiException about(int code, String reason, ResourceKind kind, String name, String message) {
        var details = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("group", kind.gvr().group())
                .put("kind", kind.gvr().resource());
        return new ApiException(code, reason, message, details);
    }

    private static String named(ResourceKind kind, String name) {
        return kind.gvr().qualified() + " \"" + name + "\"";
    }
}
