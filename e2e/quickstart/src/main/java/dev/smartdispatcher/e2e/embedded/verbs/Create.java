package dev.smartdispatcher.e2e.embedded.verbs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Gvr;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ObjectKey;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import dev.smartdispatcher.e2e.embedded.rules.CreationFence;
import dev.smartdispatcher.e2e.embedded.rules.KindRules;
import dev.smartdispatcher.e2e.embedded.rules.MetadataRules;
import dev.smartdispatcher.e2e.embedded.rules.SchemaRules;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Creates objects. */
public final class Create {
    private static final ObjectKey NO_NAMESPACE = new ObjectKey(new Gvr("", "v1", "namespaces"), "", "");
    private static final List<String> SERVERS_OWN = List.of(
            "uid",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields",
            "selfLink");

    private final ObjectStore store;
    private final Clock clock;
    private final GeneratedNames names = new GeneratedNames();

    public Create(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Creates {@code body} as an object of {@code kind}.
     *
     * @param namespace that of the request, empty for cluster-scoped kinds
     */
    public Written create(ResourceKind kind, String namespace, ObjectNode body, WriteOptions options) {
        var object = body.deepCopy();
        Bodies.requireKind(kind, object);
        Bodies.requireNamespace(kind, namespace, object);
        return store.atomically(() -> {
            requireLivingNamespace(kind, namespace);
            var key = kind.key(namespace, name(kind, namespace, object));
            if (store.find(key).isPresent()) {
                throw ApiException.alreadyExists(kind, key.name());
            }
            completeMetadata(kind, key, object);
            if (kind.isCore("pods")) {
                CreationFence.check(object);
            }
            var warnings = admit(kind, object, options);
            options.requireReal();
            return new Written(store.put(key, object), true, warnings);
        });
    }

    private List<String> admit(ResourceKind kind, ObjectNode object, WriteOptions options) {
        var rules = KindRules.of(kind);
        var errors = new ArrayList<>(MetadataRules.errorsOf(object));
        errors.addAll(rules.onCreate(object));
        if (!errors.isEmpty()) {
            throw ApiException.invalid(kind, Meta.of(object).name(), errors);
        }
        if (kind.hasStatus()) {
            var status = rules.firstStatus(object);
            object.remove(Meta.STATUS);
            if (status != null) {
                object.set(Meta.STATUS, status);
            }
        }
        return SchemaRules.admit(kind, object, options.strict());
    }

    private void requireLivingNamespace(ResourceKind kind, String namespace) {
        if (!kind.namespaced()) {
            return;
        }
        var found = store.find(new ObjectKey(NO_NAMESPACE.gvr(), "", namespace))
                .orElseThrow(() -> new ApiException(404, "NotFound", "namespaces \"" + namespace + "\" not found"));
        if (Meta.of(found).isBeingDeleted()) {
            throw new ApiException(
                    403,
                    "Forbidden",
                    "unable to create new content in namespace " + namespace + " because it is being terminated");
        }
    }

    private String name(ResourceKind kind, String namespace, ObjectNode object) {
        var meta = Meta.of(object);
        if (!meta.name().isEmpty()) {
            return meta.name();
        }
        var prefix = meta.field("generateName").asText("");
        if (prefix.isEmpty()) {
            throw ApiException.invalid(kind, "", List.of(Bodies.NAME_REQUIRED));
        }
        return names.next(prefix, name -> store.find(kind.key(namespace, name)).isPresent());
    }

    private void completeMetadata(ResourceKind kind, ObjectKey key, ObjectNode object) {
        var metadata = Meta.of(object).mutable();
        if (!Meta.of(object).resourceVersion().isEmpty()) {
            throw new ApiException(500, "InternalError", "resourceVersion should not be set on objects to be created");
        }
        metadata.remove(SERVERS_OWN);
        metadata.put("name", key.name());
        if (kind.namespaced()) {
            metadata.put("namespace", key.namespace());
        }
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put(
                "creationTimestamp",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        if (kind.hasStatus() || kind.isCustom()) {
            metadata.put("generation", 1);
        }
    }
}
