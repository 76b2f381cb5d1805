package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.store.FieldSelector;
import dev.smartdispatcher.e2e.embedded.store.LabelSelector;
import dev.smartdispatcher.e2e.embedded.store.ObjectFilter;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import dev.smartdispatcher.e2e.embedded.store.WatchEvent;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Get, list and watch. Lists are whole: {@code limit} is ignored. */
final class Reads {
    private final ObjectStore store;

    Reads(ObjectStore store) {
        this.store = store;
    }

    JsonNode get(ResourceKind kind, ApiRequest request) {
        return store.find(kind.key(request.namespace(), request.path().name()))
                .orElseThrow(() -> ApiException.notFound(kind, request.path().name()));
    }

    JsonNode list(ResourceKind kind, ApiRequest request) {
        var filter = filter(kind, request);
        return store.atomically(() -> {
            var list = JsonNodeFactory.instance
                    .objectNode()
                    .put("apiVersion", kind.gvr().apiVersion())
                    .put("kind", kind.kind() + "List");
            list.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
            list.putArray("items").addAll(store.list(filter));
            return list;
        });
    }

    /** Begins a watch; the answer ends it. */
    Runnable watch(ResourceKind kind, ApiRequest request, Consumer<WatchEvent> sink) {
        var since = request.parameter("resourceVersion");
        return store.watch(
                filter(kind, request),
                since.isEmpty() || since.equals("0") ? OptionalLong.empty() : OptionalLong.of(number(since)),
                sink);
    }

    static ObjectFilter filter(ResourceKind kind, ApiRequest request) {
        var fields = request.parameter("fieldSelector");
        var name = request.path().name();
        return new ObjectFilter(
                kind.gvr(),
                kind.namespaced() ? request.namespace() : "",
                LabelSelector.parse(request.parameter("labelSelector"))
                        .and(FieldSelector.parse(fields, kind))
                        .and(FieldSelector.parse(name.isEmpty() ? "" : "metadata.name=" + name, kind)));
    }

    private static long number(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("invalid resource version: " + version);
        }
    }
}
