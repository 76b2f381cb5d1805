package dev.smartdispatcher.e2e.embedded.schema;

import java.util.List;
import java.util.Map;

/**
 * The merge keys of Kubernetes' own kinds, told from a list's field name alone, which is enough for the kinds served here.
 *
 * @param keys of this very list
 * @param isSet whether this very list is a set
 */
public record BuiltInListRules(List<String> keys, boolean isSet) implements ListRules {
    private static final Map<String, List<String>> BY_FIELD = Map.ofEntries(
            Map.entry("conditions", List.of("type")),
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("containerStatuses", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("ports", List.of("containerPort")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("addresses", List.of("type")));

    /** Where a walk through an object begins. */
    public static final ListRules ROOT = new BuiltInListRules(List.of(), false);

    @Override
    public ListRules field(String name) {
        return new BuiltInListRules(BY_FIELD.getOrDefault(name, List.of()), name.equals("finalizers"));
    }

    @Override
    public ListRules item() {
        return ROOT;
    }
}
