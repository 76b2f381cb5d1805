package dev.smartdispatcher.operator.client.reading;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** Leaves out of an object what could not be read. */
final class Omission {
    /** In characters: values may be long. */
    private static final int SHOWN = 64;

    private static final String METADATA = "metadata";

    private Omission() {}

    /** Removes from {@code tree} that at which reading failed. Returns a sentence that begins with the field. */
    static String of(ObjectNode tree, JsonMappingException failure) {
        var parents = new ArrayList<JsonNode>();
        var field = new StringBuilder();
        JsonNode value = tree;
        int item = -1;
        for (var step : failure.getPath()) {
            var next = step.getFieldName() != null ? value.path(step.getFieldName()) : value.path(step.getIndex());
            if (next.isMissingNode()) {
                break;
            }
            parents.add(value);
            if (step.getFieldName() != null) {
                field.append(field.length() == 0 ? "" : ".").append(step.getFieldName());
            } else {
                field.append("[").append(step.getIndex()).append("]");
                item = parents.size() - 1;
            }
            value = next;
        }
        var sentence = (field.length() == 0 ? "spec" : field) + ": " + shown(value) + " cannot be read"
                + (value.isValueNode() ? "" : ": " + first(failure.getOriginalMessage()));
        remove(tree, failure.getPath(), item >= 0 ? item : parents.size() - 1);
        return sentence;
    }

    /** Removes what the step {@code depth} of the path leads to; all that is not metadata if there is none. */
    private static void remove(ObjectNode tree, List<JsonMappingException.Reference> path, int depth) {
        if (depth < 0 || depth == 0 && METADATA.equals(path.get(0).getFieldName())) {
            tree.retain("apiVersion", "kind", METADATA);
            return;
        }
        JsonNode parent = tree;
        for (var step : path.subList(0, depth)) {
            parent = step.getFieldName() != null ? parent.path(step.getFieldName()) : parent.path(step.getIndex());
        }
        if (parent instanceof ObjectNode object) {
            object.remove(path.get(depth).getFieldName());
        } else {
            ((ArrayNode) parent).remove(path.get(depth).getIndex());
        }
    }

    private static String shown(JsonNode value) {
        if (!value.isValueNode()) {
            return "it";
        }
        return shown(value.toString(), SHOWN);
    }

    private static String first(String message) {
        var line = message == null ? "" : message.lines().findFirst().orElse("");
        return shown(line, SHOWN * 3);
    }

    private static String shown(String text, int most) {
        return text.length() <= most ? text : Excerpt.beginning(text, most) + "…";
    }
}
