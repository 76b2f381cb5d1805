package dev.smartdispatcher.e2e.embedded.verbs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.rules.KindRules;
import dev.smartdispatcher.e2e.embedded.rules.MetadataRules;
import dev.smartdispatcher.e2e.embedded.rules.SchemaRules;
import dev.smartdispatcher.e2e.embedded.schema.FieldError;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces objects, or the part of them that a subresource is. A write that changes nothing is no write: no new
 * resourceVersion, no event.
 */
public final class Update {
    private static final List<String> KEPT = List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "generateName",
            "resourceVersion");

    private final ObjectStore store;

    public Update(ObjectStore store) {
        this.store = store;
    }

    /**
     * PUT. A resourceVersion in the body must be current; custom resources must have one.
     *
     * @throws ApiException 409 for a stale resourceVersion or another object's uid, 422 for broken rules
     */
    public Written replace(Target target, ObjectNode body, WriteOptions options) {
        options.requireReal();
        return store.atomically(() -> {
            var current = target.in(store);
            if (target.kind().isCustom() && Meta.of(body).resourceVersion().isEmpty()) {
                throw ApiException.invalid(
                        target.kind(),
                        target.key().name(),
                        List.of(FieldError.invalid(
                                "metadata.resourceVersion", "0x0", "must be specified for an update")));
            }
            return change(target, current, body, options);
        });
    }

    /** Makes {@code proposed} of {@code current}, as far as the target and the rules allow. To be called atomically. */
    Written change(Target target, ObjectNode current, ObjectNode proposed, WriteOptions options) {
        Bodies.requireKind(target.kind(), proposed);
        Bodies.requireNamespace(target.kind(), target.key().namespace(), proposed);
        Bodies.requireName(target.key(), proposed);
        Bodies.requireCurrent(target, current, proposed);
        var after = part(target, current, proposed);
        keepMetadata(current, after);
        check(target, current, after);
        var warnings = SchemaRules.admit(target.kind(), after, options.strict());
        return new Written(store(target, current, after), false, warnings);
    }

    private ObjectNode store(Target target, ObjectNode current, ObjectNode after) {
        if (after.equals(current)) {
            return current;
        }
        var meta = Meta.of(after);
        // A namespace goes when it is empty, which the garbage collector sees to.
        boolean held = meta.hasFinalizers() || meta.grace() > 0 || target.kind().isCore("namespaces");
        if (meta.isBeingDeleted() && !held) {
            store.remove(target.key());
            return after;
        }
        if (meta.field("generation").isNumber()
                && !withoutMetaAndStatus(current).equals(withoutMetaAndStatus(after))) {
            meta.mutable().put("generation", meta.field("generation").asLong() + 1);
        }
        return store.put(target.key(), after);
    }

    private static ObjectNode part(Target target, ObjectNode current, ObjectNode proposed) {
        if (target.is(Target.STATUS)) {
            return withStatus(current.deepCopy(), proposed.get(Meta.STATUS));
        }
        var after = proposed.deepCopy();
        return target.kind().hasStatus() ? withStatus(after, current.get(Meta.STATUS)) : after;
    }

    private static ObjectNode withStatus(ObjectNode object, JsonNode status) {
        if (status == null || status.isNull()) {
            object.remove(Meta.STATUS);
        } else {
            object.set(Meta.STATUS, status);
        }
        return object;
    }

    private static void keepMetadata(ObjectNode current, ObjectNode after) {
        var metadata = Meta.of(after).mutable();
        metadata.remove("managedFields");
        for (var field : KEPT) {
            var value = Meta.of(current).field(field);
            if (value.isMissingNode()) {
                metadata.remove(field);
            } else {
                metadata.set(field, value);
            }
        }
    }

    private static void check(Target target, ObjectNode current, ObjectNode after) {
        var errors = new ArrayList<FieldError>();
        if (target.is(Target.WHOLE)) {
            errors.addAll(MetadataRules.errorsOf(after));
            errors.addAll(KindRules.of(target.kind()).onUpdate(current, after));
        }
        if (!errors.isEmpty()) {
            throw ApiException.invalid(target.kind(), target.key().name(), errors);
        }
    }

    private static JsonNode withoutMetaAndStatus(ObjectNode object) {
        return object.deepCopy().remove(List.of(Meta.METADATA, Meta.STATUS));
    }
}
