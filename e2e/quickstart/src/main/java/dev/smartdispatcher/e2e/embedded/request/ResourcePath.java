package dev.smartdispatcher.e2e.embedded.request;

import dev.smartdispatcher.e2e.embedded.model.Gvr;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The path of a request about objects. Parts that the path does not have are empty.
 *
 * @param subresource as {@code status}
 */
public record ResourcePath(Gvr gvr, String namespace, String name, String subresource) {
    private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

    /** Reads {@code path}, without its query; empty if it is not about objects. */
    public static Optional<ResourcePath> parse(String path) {
        var parts = Arrays.stream(path.split("/")).filter(p -> !p.isEmpty()).toList();
        if (parts.size() > 2 && parts.get(0).equals("api")) {
            return Optional.of(below("", parts.get(1), parts.subList(2, parts.size())));
        }
        if (parts.size() > 3 && parts.get(0).equals("apis")) {
            return Optional.of(below(parts.get(1), parts.get(2), parts.subList(3, parts.size())));
        }
        return Optional.empty();
    }

    private static ResourcePath below(String group, String version, List<String> parts) {
        boolean inNamespace =
                parts.size() > 2 && parts.get(0).equals("namespaces") && !OF_NAMESPACES.contains(parts.get(2));
        var namespace = inNamespace ? parts.get(1) : "";
        var rest = inNamespace ? parts.subList(2, parts.size()) : parts;
        return new ResourcePath(
                new Gvr(group, version, rest.get(0)),
                namespace,
                rest.size() > 1 ? rest.get(1) : "",
                rest.size() > 2 ? rest.get(2) : "");
    }
}
