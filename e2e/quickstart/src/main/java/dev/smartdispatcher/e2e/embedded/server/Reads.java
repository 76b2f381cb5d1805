package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.store.FieldSelector;
import dev.smartdispatcher.e2e.embedded.store.LabelSelector;
import dev.smartdispatcher.e2e.embedded.store.ObjectFilter;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import dev.smartdispatcher.e2e.embedded.store.WatchEvent;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Get, list and watch. */
final class Reads {
    /** How a client asks for lists of metadata. */
    private static final String METADATA_ONLY = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,";

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
            var page = ListPage.of(store.list(filter), store.version(), request);
            boolean ofMetadata = request.accept().startsWith(METADATA_ONLY);
            var list = JsonNodeFactory.instance
                    .objectNode()
                    .put(
                            "apiVersion",
                            ofMetadata ? "meta.k8s.io/v1" : kind.gvr().apiVersion())
                    .put("kind", ofMetadata ? "PartialObjectMetadataList" : kind.kind() + "List");
            var metadata = list.putObject("metadata").put("resourceVersion", Long.toString(page.version()));
            page.next().ifPresent(next -> metadata.put("continue", next));
            list.putArray("items")
                    .addAll(
                            ofMetadata
                                    ? page.items().stream()
                                            .map(Reads::metadataOf)
                                            .toList()
                                    : page.items());
            return list;
        });
    }

    private static ObjectNode metadataOf(ObjectNode object) {
        var partial = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "meta.k8s.io/v1")
                .put("kind", "PartialObjectMetadata");
        partial.set(Meta.METADATA, object.get(Meta.METADATA));
        return partial;
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
