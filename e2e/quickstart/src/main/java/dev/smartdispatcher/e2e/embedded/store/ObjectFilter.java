package dev.smartdispatcher.e2e.embedded.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.Gvr;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ObjectKey;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a list, a watch or a collection's deletion is about.
 *
 * @param namespace empty: all
 */
public record ObjectFilter(Gvr gvr, String namespace, Predicate<JsonNode> selector) {

    /** All objects of one resource. */
    public static ObjectFilter all(Gvr gvr) {
        return new ObjectFilter(gvr, "", object -> true);
    }

    /** How a watch with this filter sees {@code event}; empty if it does not. */
    public Optional<WatchEvent> view(StoreEvent event) {
        if (!covers(event.key())) {
            return Optional.empty();
        }
        boolean was = event.before().filter(selector).isPresent();
        boolean is = event.type() != StoreEvent.Type.DELETED && selector.test(event.object());
        if (is) {
            return Optional.of(new WatchEvent(was ? StoreEvent.Type.MODIFIED : StoreEvent.Type.ADDED, event.object()));
        }
        return was ? Optional.of(new WatchEvent(StoreEvent.Type.DELETED, lastSeen(event))) : Optional.empty();
    }

    boolean covers(ObjectKey key) {
        return key.gvr().equals(gvr) && (namespace.isEmpty() || namespace.equals(key.namespace()));
    }

    private static ObjectNode lastSeen(StoreEvent event) {
        var last = event.before().orElseThrow().deepCopy();
        Meta.of(last).mutable().put("resourceVersion", Long.toString(event.version()));
        return last;
    }
}
