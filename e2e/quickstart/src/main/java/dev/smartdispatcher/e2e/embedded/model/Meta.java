package dev.smartdispatcher.e2e.embedded.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The metadata of an object held as a Jackson tree. Reads never fail: what is not there is the empty string, or missing.
 * Writes go to the tree itself.
 */
public record Meta(JsonNode object) {
    public static final String METADATA = "metadata";
    public static final String STATUS = "status";

    public static Meta of(JsonNode object) {
        return new Meta(object);
    }

    public String name() {
        return text("name");
    }

    public String namespace() {
        return text("namespace");
    }

    public String uid() {
        return text("uid");
    }

    public String resourceVersion() {
        return text("resourceVersion");
    }

    public String creationTimestamp() {
        return text("creationTimestamp");
    }

    public JsonNode labels() {
        return field("labels");
    }

    public JsonNode ownerReferences() {
        return field("ownerReferences");
    }

    public boolean isBeingDeleted() {
        return field("deletionTimestamp").isTextual();
    }

    /** Seconds that a deletion leaves the object; 0 when it is not being deleted. */
    public long grace() {
        return field("deletionGracePeriodSeconds").asLong();
    }

    public boolean hasFinalizers() {
        return !field("finalizers").isEmpty();
    }

    public JsonNode field(String name) {
        return object.path(METADATA).path(name);
    }

    /** The metadata itself, to be written to; made if there is none. */
    public ObjectNode mutable() {
        return object.path(METADATA) instanceof ObjectNode there ? there : ((ObjectNode) object).putObject(METADATA);
    }

    private String text(String name) {
        return field(name).asText("");
    }
}
