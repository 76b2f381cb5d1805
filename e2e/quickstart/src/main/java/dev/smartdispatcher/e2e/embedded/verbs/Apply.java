package dev.smartdispatcher.e2e.embedded.verbs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.merge.AppliedFields;
import dev.smartdispatcher.e2e.embedded.merge.KeyedMerge;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import dev.smartdispatcher.e2e.embedded.store.StoreEvent;
import java.util.List;

/**
 * Server-side apply: creates the object or merges into it, and takes away what the same manager applied before and does not
 * apply any more. There is no {@code managedFields}, and managers never conflict; see {@link AppliedFields}.
 */
public final class Apply {
    private static final List<String> NOT_APPLIED =
            List.of("resourceVersion", "uid", "creationTimestamp", "generation", "managedFields");

    private final ObjectStore store;
    private final Create create;
    private final Update update;
    private final AppliedFields applied = new AppliedFields();

    public Apply(ObjectStore store, Create create, Update update) {
        this.store = store;
        this.create = create;
        this.update = update;
        store.subscribe(event -> {
            if (event.type() == StoreEvent.Type.DELETED) {
                applied.forget(Meta.of(event.object()).uid());
            }
        });
    }

    /**
     * Applies {@code configuration}. A resourceVersion in it is a precondition.
     *
     * @throws ApiException 404 if a subresource of an absent object is applied, 409 for a stale resourceVersion
     */
    public Written apply(Target target, JsonNode configuration, WriteOptions options) {
        options.requireReal();
        if (options.fieldManager().isEmpty()) {
            throw new ApiException(
                    422,
                    "Invalid",
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply"
                            + " patch");
        }
        if (!(configuration instanceof ObjectNode wanted)) {
            throw ApiException.badRequest("the applied configuration is not an object");
        }
        if (!Meta.of(wanted).field("managedFields").isEmpty()) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
        return store.atomically(() -> {
            var written = store.find(target.key())
                    .map(current -> merge(target, current, wanted, options))
                    .orElseGet(() -> createFrom(target, wanted, options));
            applied.remember(Meta.of(written.object()).uid(), manager(target, options), fields(wanted));
            return written;
        });
    }

    private Written createFrom(Target target, ObjectNode wanted, WriteOptions options) {
        if (!target.is(Target.WHOLE)) {
            throw ApiException.notFound(target.kind(), target.key().name());
        }
        Bodies.requireName(target.key(), wanted);
        if (!Meta.of(wanted).resourceVersion().isEmpty()) {
            throw ApiException.conflict(target.kind(), target.key().name(), "the object to be updated does not exist");
        }
        return create.create(target.kind(), target.key().namespace(), wanted, options);
    }

    private Written merge(Target target, ObjectNode current, ObjectNode wanted, WriteOptions options) {
        Bodies.requireCurrent(target, current, wanted);
        var rules = target.kind().listRules();
        var base = applied.withoutAbandoned(
                current, Meta.of(current).uid(), manager(target, options), fields(wanted), rules);
        var proposed = (ObjectNode) KeyedMerge.apply(base, wanted, rules);
        return update.change(target, current, proposed, options);
    }

    /** What of a configuration is a manager's: not the preconditions and what the server sets. */
    private static ObjectNode fields(ObjectNode configuration) {
        var fields = configuration.deepCopy();
        Meta.of(fields).mutable().remove(NOT_APPLIED);
        return fields;
    }

    private static String manager(Target target, WriteOptions options) {
        return options.fieldManager() + "/" + target.subresource();
    }
}
