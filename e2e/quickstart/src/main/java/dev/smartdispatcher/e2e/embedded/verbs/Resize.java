package dev.smartdispatcher.e2e.embedded.verbs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code resize} subresource of pods: the containers' resources, and nothing else. */
final class Resize {
    private Resize() {}

    /** {@code current} with the resources of the containers of {@code proposed}. */
    static ObjectNode resized(ObjectNode current, JsonNode proposed) {
        var after = current.deepCopy();
        for (var container : after.at("/spec/containers")) {
            for (var wish : proposed.at("/spec/containers")) {
                if (wish.path("name").equals(container.path("name")) && wish.has("resources")) {
                    ((ObjectNode) container).set("resources", wish.get("resources"));
                }
            }
        }
        return after;
    }
}
