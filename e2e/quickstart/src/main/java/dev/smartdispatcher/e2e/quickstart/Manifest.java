package dev.smartdispatcher.e2e.quickstart;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One YAML document.
 *
 * @param file as the user named it
 * @param line where the document begins, from 1
 */
record Manifest(String file, int line, JsonNode content) {
    String kind() {
        return content.path("kind").asText();
    }

    String name() {
        return content.path("metadata").path("name").asText();
    }

    /** The namespace; {@code default} if none is given. */
    String namespace() {
        return content.path("metadata").path("namespace").asText("default");
    }

    /** Where it stands and what it is, for messages. */
    String label() {
        return file + ":" + line + ": " + kind() + " " + name();
    }
}
