package dev.smartdispatcher.e2e.embedded.deletion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ObjectKey;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import dev.smartdispatcher.e2e.embedded.verbs.Target;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Deletes objects: at once, or by marking them where a finalizer, or a pod that still runs, has to go first. What depends on
 * a deleted object is the garbage collector's business.
 */
public final class Delete {
    private final ObjectStore store;
    private final Clock clock;

    public Delete(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Deletes the target. Answers the object that remains, marked; empty if it is gone.
     *
     * @throws ApiException 404 if it is not there, 409 if it does not meet the preconditions
     */
    public Optional<ObjectNode> delete(Target target, DeleteOptions options) {
        return store.atomically(() -> {
            var current = target.in(store);
            requirePreconditions(target, Meta.of(current), options);
            long grace = Grace.of(target.kind(), current, options.grace());
            boolean holdsContent =
                    target.kind().isCore("namespaces") && !isEmpty(target.key().name());
            if (grace > 0 || Meta.of(current).hasFinalizers() || holdsContent) {
                return Optional.of(mark(target.key(), current, grace));
            }
            store.remove(target.key());
            return Optional.empty();
        });
    }

    private ObjectNode mark(ObjectKey key, ObjectNode current, long grace) {
        var meta = Meta.of(current);
        if (meta.isBeingDeleted() && meta.grace() <= grace) {
            return current;
        }
        var marked = current.deepCopy();
        var metadata = Meta.of(marked).mutable();
        metadata.put(
                "deletionTimestamp",
                clock.instant()
                        .plusSeconds(grace)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        metadata.put("deletionGracePeriodSeconds", grace);
        if (metadata.has("generation")) {
            metadata.put("generation", metadata.get("generation").asLong() + 1);
        }
        if (key.gvr().resource().equals("namespaces")) {
            marked.withObjectProperty(Meta.STATUS).put("phase", "Terminating");
        }
        return store.put(key, marked);
    }

    private boolean isEmpty(String namespace) {
        return store.everything().keySet().stream()
                .noneMatch(key -> key.namespace().equals(namespace));
    }

    private static void requirePreconditions(Target target, Meta current, DeleteOptions options) {
        precondition(target, "UID", options.uid(), current.uid());
        precondition(target, "ResourceVersion", options.resourceVersion(), current.resourceVersion());
    }

    private static void precondition(Target target, String what, String wanted, String found) {
        if (!wanted.isEmpty() && !wanted.equals(found)) {
            throw ApiException.conflict(
                    target.kind(),
                    target.key().name(),
                    "Precondition failed: " + what + " in precondition: " + wanted + ", " + what + " in object meta: "
                            + found);
        }
    }
}
