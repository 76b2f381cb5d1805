package dev.smartdispatcher.e2e.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.Excerpt;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Sample;
import dev.smartdispatcher.e2e.embedded.merge.MergePatch;

/**
 * An object that a rule is tried on.
 *
 * @param from for a rule on changes: JSON merge patch that makes the object before of the sample; else null
 * @param patch JSON merge patch that makes the object of that, or of the sample
 * @param at the field that is named when it is refused; null: where the rule stands
 * @param says the message when it is refused; null: the rule's
 */
public record CelCase(JsonNode from, JsonNode patch, String at, String says) {
    /** Tests are named by it. */
    private static final int LONGEST_NAME = 512;

    /** Whether it is about a change. */
    public boolean isChange() {
        return from != null;
    }

    /** The object before the change. */
    public ObjectNode before(Definition definition) {
        return merge(Sample.of(definition).object(), from);
    }

    /** The object to try, of a rule that is not about changes. */
    public ObjectNode object(Definition definition) {
        return merge(Sample.of(definition).object(), patch);
    }

    private static ObjectNode merge(ObjectNode object, JsonNode patch) {
        return (ObjectNode) MergePatch.apply(object, patch);
    }

    @Override
    public String toString() {
        return Excerpt.beginning(isChange() ? from + " then " + patch : patch.toString(), LONGEST_NAME);
    }
}
