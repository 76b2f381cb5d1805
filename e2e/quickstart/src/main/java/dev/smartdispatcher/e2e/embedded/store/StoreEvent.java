package dev.smartdispatcher.e2e.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ObjectKey;
import java.util.Optional;

/**
 * One write. The objects are shared and never to be changed.
 *
 * @param version the resourceVersion that the write was given
 * @param before the object before, if there was one
 * @param object the object after; of a deletion, the last state with the deletion's version
 */
public record StoreEvent(Type type, ObjectKey key, long version, Optional<ObjectNode> before, ObjectNode object) {
    /** What a write did, in the words of the watch protocol. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
