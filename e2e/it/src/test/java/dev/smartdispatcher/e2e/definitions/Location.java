package dev.smartdispatcher.e2e.definitions;

import com.fasterxml.jackson.core.JsonPointer;

/**
 * A place in an object.
 *
 * @param pointer as Jackson has it
 * @param field as an API server writes it, {@code spec.env[0].name}
 */
public record Location(JsonPointer pointer, String field) {
    /** A field of the object there. */
    public Location field(String name) {
        return new Location(pointer.appendProperty(name), field.isEmpty() ? name : field + "." + name);
    }

    /** An item of the list there. */
    public Location item(int index) {
        return new Location(pointer.appendIndex(index), field + "[" + index + "]");
    }
}
