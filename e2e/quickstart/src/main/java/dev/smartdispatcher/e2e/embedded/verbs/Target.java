package dev.smartdispatcher.e2e.embedded.verbs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.ObjectKey;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;

/**
 * The object, or the part of it, that a request is about.
 *
 * @param subresource empty: the object itself
 */
public record Target(ResourceKind kind, ObjectKey key, String subresource) {
    public static final String WHOLE = "";
    public static final String STATUS = "status";

    /**
     * A target that the kind has.
     *
     * @throws ApiException 404 if the kind has no such subresource
     */
    public static Target of(ResourceKind kind, String namespace, String name, String subresource) {
        boolean served =
                switch (subresource) {
                    case WHOLE -> true;
                    case STATUS -> kind.hasStatus();
                    default -> false;
                };
        if (!served) {
            throw ApiException.noSuchResource();
        }
        return new Target(kind, kind.key(namespace, name), subresource);
    }

    /**
     * The object as stored.
     *
     * @throws ApiException 404 if it is not there
     */
    public ObjectNode in(ObjectStore store) {
        return store.find(key).orElseThrow(() -> ApiException.notFound(kind, key.name()));
    }

    boolean is(String part) {
        return subresource.equals(part);
    }
}
