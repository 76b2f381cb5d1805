package dev.smartdispatcher.e2e.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A place in a schema.
 *
 * @param steps names of properties, {@link #ITEM} for the items of a list, {@link #VALUE} for the values of a map
 * @param schema what is demanded there
 */
public record Place(List<String> steps, JsonNode schema) {
    static final String ITEM = "[]";
    static final String VALUE = "{}";

    /** Written as {@code spec.env[].name}. */
    public String path() {
        return String.join(".", steps).replace("." + ITEM, ITEM).replace("." + VALUE, VALUE);
    }

    /** Whether it is the object itself. */
    public boolean isRoot() {
        return steps.isEmpty();
    }

    /** Whether only the status subresource can write it. */
    public boolean inStatus() {
        return !isRoot() && steps.get(0).equals("status");
    }

    @Override
    public String toString() {
        return path();
    }
}
