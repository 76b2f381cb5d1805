package dev.smartdispatcher.e2e.embedded.deletion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * How an object is to be deleted.
 *
 * @param grace seconds for a pod to end in; empty: the pod's own
 * @param uid the object must have; empty: any
 * @param resourceVersion the object must have; empty: any
 * @param orphan whether dependents stay. Foreground deletion is taken for background.
 */
public record DeleteOptions(OptionalLong grace, String uid, String resourceVersion, boolean orphan) {
    /** By the object's own rules. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(OptionalLong.empty(), "", "", false);

    /** At once. */
    public static final DeleteOptions FORCE = new DeleteOptions(OptionalLong.of(0), "", "", false);

    /** The options that the body of a request states; missing: none. */
    public static DeleteOptions of(JsonNode body) {
        var grace = body.path("gracePeriodSeconds");
        return new DeleteOptions(
                grace.isNumber() ? OptionalLong.of(grace.asLong()) : OptionalLong.empty(),
                body.at("/preconditions/uid").asText(""),
                body.at("/preconditions/resourceVersion").asText(""),
                body.path("propagationPolicy").asText().equals("Orphan"));
    }
}
