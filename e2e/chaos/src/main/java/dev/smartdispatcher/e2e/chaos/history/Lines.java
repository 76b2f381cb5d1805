package dev.smartdispatcher.e2e.chaos.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Entries as lines of JSON. */
final class Lines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Lines() {}

    static String write(Entry entry) {
        var line = JSON.createObjectNode().put("millis", entry.millis());
        if (entry instanceof Act act) {
            line.put("act", act.kind().name()).put("target", act.target());
            if (!act.detail().isEmpty()) {
                line.put("detail", act.detail());
            }
        } else if (entry instanceof Change change) {
            line.put("revision", change.revision()).put("kind", change.kind()).put("name", change.name());
            line.set("object", change.object());
        }
        return line.toString();
    }

    /** @throws IllegalArgumentException if the line is no entry */
    static Entry read(String text) {
        try {
            var line = JSON.readTree(text);
            return line.has("act") ? act(line) : change(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no line of a history: " + text, e);
        }
    }

    private static Act act(JsonNode line) {
        return new Act(
                line.path("millis").asLong(),
                Act.Kind.valueOf(line.path("act").asText()),
                line.path("target").asText(),
                line.path("detail").asText());
    }

    private static Change change(JsonNode line) {
        var object = line.path("object");
        return new Change(
                line.path("millis").asLong(),
                line.path("revision").asLong(),
                line.path("kind").asText(),
                line.path("name").asText(),
                object.isObject() ? object : null);
    }
}
