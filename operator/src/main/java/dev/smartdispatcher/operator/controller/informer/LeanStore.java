package dev.smartdispatcher.operator.controller.informer;

import dev.smartdispatcher.api.profile.BuildProfile;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The store of a cache, which keeps of each object what some decision needs. What it is given is no longer anybody else's: it
 * may be changed.
 */
public class LeanStore<T extends HasMetadata> extends BasicItemStore<T> {
    /** All of an object once more, as kubectl writes it into the object. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final UnaryOperator<T> lean;

    public LeanStore(UnaryOperator<T> lean) {
        super(Cache::metaNamespaceKeyFunc);
        this.lean = lean;
    }

    @Override
    public T put(String key, T object) {
        return super.put(key, lean.apply(object));
    }

    /** For kinds that admins and agents write, of which all else is needed. */
    public static <T extends HasMetadata> LeanStore<T> whole() {
        return new LeanStore<>(LeanStore::withoutCopies);
    }

    /** An object without who wrote which field, and without the copy that kubectl makes. */
    public static <T extends HasMetadata> T withoutCopies(T object) {
        var meta = object.getMetadata();
        meta.setManagedFields(List.of());
        if (meta.getAnnotations() != null && meta.getAnnotations().containsKey(LAST_APPLIED)) {
            meta.getAnnotations().remove(LAST_APPLIED);
        }
        return object;
    }

    /** Nodes, without the names of their images and volumes, which are most of them. */
    public static LeanStore<Node> nodes() {
        return new LeanStore<>(node -> {
            bare(node);
            var status = node.getStatus();
            if (status != null) {
                status.setImages(List.of());
                status.setVolumesAttached(List.of());
                status.setVolumesInUse(List.of());
            }
            return node;
        });
    }

    /** Namespaces, of which labels decide. */
    public static LeanStore<Namespace> namespaces() {
        return new LeanStore<>(namespace -> {
            bare(namespace);
            return namespace;
        });
    }

    /** Profiles, without the runs that they are made of. */
    public static LeanStore<BuildProfile> profiles() {
        return new LeanStore<>(profile -> {
            bare(profile);
            if (profile.getStatus() != null) {
                profile.setStatus(profile.getStatus().withRecent(List.of()));
            }
            return profile;
        });
    }

    private static void bare(HasMetadata object) {
        object.getMetadata().setManagedFields(List.of());
        object.getMetadata().setAnnotations(Map.of());
    }
}
