package dev.smartdispatcher.e2e.embedded.verbs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.merge.JsonPatches;
import dev.smartdispatcher.e2e.embedded.merge.KeyedMerge;
import dev.smartdispatcher.e2e.embedded.merge.MergePatch;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;

/** PATCH: makes the changed object out of the current one, then does as {@link Update} does. */
public final class Patch {
    private final ObjectStore store;
    private final Update update;
    private final Apply apply;

    public Patch(ObjectStore store, Update update, Apply apply) {
        this.store = store;
        this.update = update;
        this.apply = apply;
    }

    /**
     * Changes the target by {@code patch}. A resourceVersion in it is a precondition.
     *
     * @throws ApiException 409 for a stale resourceVersion, 415 for a strategic merge of a custom resource
     */
    public Written patch(Target target, PatchType type, JsonNode patch, WriteOptions options) {
        options.requireReal();
        if (type == PatchType.APPLY) {
            return apply.apply(target, patch, options);
        }
        return store.atomically(() -> {
            var current = target.in(store);
            if (changed(target, type, current, patch) instanceof ObjectNode proposed) {
                return update.change(target, current, proposed, options);
            }
            throw ApiException.badRequest("the patch does not leave an object");
        });
    }

    private static JsonNode changed(Target target, PatchType type, JsonNode current, JsonNode patch) {
        return switch (type) {
            case JSON -> JsonPatches.apply(current, patch);
            case MERGE -> MergePatch.apply(current, patch);
            case STRATEGIC -> {
                if (target.kind().isCustom()) {
                    throw PatchType.unsupported();
                }
                yield KeyedMerge.apply(current, patch, target.kind().listRules());
            }
            case APPLY -> throw new IllegalArgumentException("apply has its own way");
        };
    }
}
