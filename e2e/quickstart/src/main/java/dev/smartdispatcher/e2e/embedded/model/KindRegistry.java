package dev.smartdispatcher.e2e.embedded.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds served now: Kubernetes' own, and those of the CustomResourceDefinitions that are stored. Thread-safe. */
public final class KindRegistry {
    private final Map<Gvr, ResourceKind> kinds = new ConcurrentHashMap<>();

    /** A registry of Kubernetes' own kinds. */
    public KindRegistry() {
        BuiltInKinds.all().forEach(kind -> kinds.put(kind.gvr(), kind));
    }

    public Optional<ResourceKind> find(Gvr gvr) {
        return Optional.ofNullable(kinds.get(gvr));
    }

    public Collection<ResourceKind> all() {
        return kinds.values();
    }

    /** Serves the versions of {@code crd} from now on; a newer form of a known definition replaces it. */
    public void add(JsonNode crd) {
        CustomKinds.of(crd).forEach(kind -> kinds.put(kind.gvr(), kind));
    }

    /** Serves the versions of {@code crd} no longer. */
    public void remove(JsonNode crd) {
        CustomKinds.of(crd).forEach(kind -> kinds.remove(kind.gvr()));
    }
}
