package dev.smartdispatcher.operator.preflight;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that a role allows.
 *
 * @param group API group; empty for the core group
 * @param resource plural name, with its subresource after a slash if the right is to that
 * @param namespace where it holds; empty: in the whole cluster
 * @param name of the one object that it is limited to, if it is
 */
public record Right(String verb, String group, String resource, Optional<String> namespace, Optional<String> name) {
    /** Every right of a rule of a ClusterRole that is bound cluster-wide. */
    public static Stream<Right> of(PolicyRule rule) {
        return of(rule, Optional.empty());
    }

    /** Every right of a rule: each verb on each resource. */
    static Stream<Right> of(PolicyRule rule, Optional<String> namespace) {
        return rule.getApiGroups().stream()
                .flatMap(group -> rule.getResources().stream().flatMap(resource -> rule.getVerbs().stream()
                        .flatMap(verb -> names(rule).map(name -> new Right(verb, group, resource, namespace, name)))));
    }

    private static Stream<Optional<String>> names(PolicyRule rule) {
        List<String> names = rule.getResourceNames();
        return names.isEmpty() ? Stream.of(Optional.empty()) : names.stream().map(Optional::of);
    }

    /** Without its subresource. */
    String mainResource() {
        return resource.split("/", 2)[0];
    }

    Optional<String> subresource() {
        return resource.contains("/") ? Optional.of(resource.split("/", 2)[1]) : Optional.empty();
    }

    /** As {@code patch buildworkers.smartdispatcher.dev/status (cluster-wide)}. */
    @Override
    public String toString() {
        return verb + " " + mainResource() + (group.isEmpty() ? "" : "." + group)
                + subresource().map(s -> "/" + s).orElse("")
                + name.map(n -> " " + n).orElse("")
                + namespace.map(n -> " (namespace " + n + ")").orElse(" (cluster-wide)");
    }
}
