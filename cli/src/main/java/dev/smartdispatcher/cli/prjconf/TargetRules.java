package dev.smartdispatcher.cli.prjconf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.cli.manifest.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The lists of several targets as the lists that all have and a rule for each group of targets that has more: evaluated for a
 * target, they come to what that target had.
 */
final class TargetRules {
    private final Map<Architecture, TargetLists> targets;

    TargetRules(Map<Architecture, TargetLists> targets) {
        this.targets = targets;
    }

    /** Adds the packages and the rules to the spec. */
    void addTo(ObjectNode spec, ArrayNode rules) {
        var preinstall = byTargets(TargetLists::preinstall);
        var install = byTargets(TargetLists::install);
        var all = targets.keySet();
        var groups = new LinkedHashSet<>(preinstall.keySet());
        groups.addAll(install.keySet());
        if (preinstall.containsKey(all) || install.containsKey(all)) {
            var packages = spec.putObject("packages");
            put(packages, "preinstall", preinstall.getOrDefault(all, List.of()));
            put(packages, "install", install.getOrDefault(all, List.of()));
        }
        groups.stream().filter(group -> !group.equals(all)).forEach(group -> {
            var rule = rules.addObject().put("name", name(group));
            var when = rule.putObject("when").putArray("targetArch");
            group.forEach(arch -> when.add(arch.name()));
            put(rule, "preinstall", preinstall.getOrDefault(group, List.of()));
            put(rule, "install", install.getOrDefault(group, List.of()));
        });
    }

    /** The names of a list by the targets that have them, in the order in which the targets have them. */
    private Map<Set<Architecture>, List<String>> byTargets(Function<TargetLists, List<String>> list) {
        var having = new LinkedHashMap<String, Set<Architecture>>();
        targets.forEach((arch, lists) -> list.apply(lists)
                .forEach(name ->
                        having.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(arch)));
        var names = new LinkedHashMap<Set<Architecture>, List<String>>();
        having.forEach((name, archs) ->
                names.computeIfAbsent(archs, a -> new ArrayList<>()).add(name));
        return names;
    }

    static void put(ObjectNode object, String field, Iterable<String> names) {
        if (names.iterator().hasNext()) {
            names.forEach(object.withArrayProperty(field)::add);
        }
    }

    private static String name(Set<Architecture> group) {
        return "target-"
                + String.join(
                        "-", group.stream().map(a -> ObjectName.of(a.name())).toList());
    }
}
