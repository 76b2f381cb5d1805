package dev.smartdispatcher.e2e.embedded.deletion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * How an object is to be deleted. Every propagation policy is taken for background.
 *
 * @param grace seconds for a pod to end in; empty: the pod's own
 * @param uid the object must have; empty: any
 * @param resourceVersion the object must have; empty: any
 */
public record DeleteOptions(OptionalLong grace, String uid, String resourceVersion) {
    /** By the object's own rules. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(OptionalLong.empty(), "", "");

    /** At once. */
    public static final DeleteOptions FORCE = new DeleteOptions(OptionalLong.of(0), "", "");

    /** The options that the body of a request states; missing: none. */
    public static DeleteOptions of(JsonNode body) {
        var grace = body.path("gracePeriodSeconds");
        return new DeleteOptions(
                grace.isNumber() ? OptionalLong.of(grace.asLong()) : OptionalLong.empty(),
                body.at("/preconditions/uid").asText(""),
                body.at("/preconditions/resourceVersion").asText(""));
    }
}
