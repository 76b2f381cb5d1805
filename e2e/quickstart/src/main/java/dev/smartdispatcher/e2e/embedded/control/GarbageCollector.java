package dev.smartdispatcher.e2e.embedded.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.Gvr;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ObjectKey;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.ResourcePath;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.embedded.server.ApiServer;
import dev.smartdispatcher.e2e.embedded.store.ObjectFilter;
import dev.smartdispatcher.e2e.embedded.store.StoreEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Deletes what depends on owners none of which is there, whether they were deleted or never were, and empties the namespaces
 * that are being deleted. Pods are deleted gracefully.
 */
public final class GarbageCollector implements AutoCloseable {
    /** The user agent under which its deletions are logged. */
    public static final String NAME = "garbage-collector";

    private static final Gvr NAMESPACES = new Gvr("", "v1", "namespaces");

    private final ApiServer api;
    private final ControlLoop loop = new ControlLoop(NAME, this::pass);

    public GarbageCollector(ApiServer api) {
        this.api = api;
        api.store().subscribe(event -> {
            if (concerns(event)) {
                loop.wake();
            }
        });
    }

    @Override
    public void close() {
        loop.close();
    }

    private static boolean concerns(StoreEvent event) {
        var owners = Meta.of(event.object()).ownerReferences();
        boolean ownersSet = event.before()
                .map(before -> !Meta.of(before).ownerReferences().equals(owners))
                .orElse(!owners.isEmpty());
        return event.type() == StoreEvent.Type.DELETED
                || ownersSet
                || event.key().gvr().equals(NAMESPACES);
    }

    private void pass() {
        var everything = api.store().everything();
        var living = everything.values().stream()
                .map(object -> Meta.of(object).uid())
                .collect(Collectors.toSet());
        everything.forEach((key, object) -> {
            if (isOrphan(object, living)) {
                delete(key, object);
            }
        });
        api.store().list(ObjectFilter.all(NAMESPACES)).stream()
                .map(Meta::of)
                .filter(Meta::isBeingDeleted)
                .forEach(namespace -> empty(namespace, everything));
    }

    private static boolean isOrphan(JsonNode object, Set<String> living) {
        var owners = Meta.of(object).ownerReferences();
        return !owners.isEmpty()
                && StreamSupport.stream(owners.spliterator(), false)
                        .noneMatch(owner -> living.contains(owner.path("uid").asText()));
    }

    private void empty(Meta namespace, Map<ObjectKey, ObjectNode> everything) {
        var content = everything.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace.name()))
                .toList();
        content.forEach(entry -> delete(entry.getKey(), entry.getValue()));
        if (content.isEmpty()) {
            delete(new ObjectKey(NAMESPACES, "", namespace.name()), namespace.object());
        }
    }

    private void delete(ObjectKey key, JsonNode object) {
        if (Meta.of(object).isBeingDeleted() && !key.gvr().equals(NAMESPACES)) {
            return;
        }
        var options = JsonNodeFactory.instance.objectNode();
        options.putObject("preconditions").put("uid", Meta.of(object).uid());
        api.handle(ApiRequest.internal(
                Verb.DELETE, new ResourcePath(key.gvr(), key.namespace(), key.name(), ""), "", NAME, options));
    }
}
