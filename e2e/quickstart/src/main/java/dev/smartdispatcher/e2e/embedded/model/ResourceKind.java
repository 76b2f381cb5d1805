package dev.smartdispatcher.e2e.embedded.model;

import dev.smartdispatcher.e2e.embedded.schema.BuiltInListRules;
import dev.smartdispatcher.e2e.embedded.schema.CustomSchema;
import dev.smartdispatcher.e2e.embedded.schema.ListRules;
import java.util.Optional;
import java.util.Set;

/**
 * One kind that the API serves.
 *
 * @param hasStatus whether {@code status} is a subresource, which writes to the object itself leave alone
 * @param selectable fields that a field selector may name, besides metadata.name and metadata.namespace, as {@code
 *     spec.nodeName}
 * @param schema of a custom resource; Kubernetes' own kinds are taken as they come
 */
public record ResourceKind(
        Gvr gvr,
        String kind,
        boolean namespaced,
        boolean hasStatus,
        Set<String> selectable,
        Optional<CustomSchema> schema) {

    /** As error messages name it: {@code BuildJob.smartdispatcher.dev}, or {@code Pod}. */
    public String qualified() {
        return gvr.group().isEmpty() ? kind : kind + "." + gvr.group();
    }

    public boolean isCustom() {
        return schema.isPresent();
    }

    /** Whether the kind is Kubernetes' own {@code resource} of the core group. */
    public boolean isCore(String resource) {
        return gvr.group().isEmpty() && gvr.resource().equals(resource);
    }

    /** How apply and strategic merge treat its lists. */
    public ListRules listRules() {
        return schema.map(CustomSchema::listRules).orElse(BuiltInListRules.ROOT);
    }

    /** The key of the object {@code name}; the namespace counts only where the kind is namespaced. */
    public ObjectKey key(String namespace, String name) {
        return new ObjectKey(gvr, namespaced ? namespace : "", name);
    }
}
