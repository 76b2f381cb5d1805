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
import java.util.stream.Collectors;

/**
 * The lists of several targets as the lists that all have and a rule for each group of targets that has more: evaluated for a
 * target, they come to what that target had.
 */
final class TargetRules {
    /** Of a rule, as the schema has it. */
    private static final int LONGEST_NAME = 63;

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

    /** By the architectures that the rule is for, or by the few that it is not for where that is too long for a name. */
    private String name(Set<Architecture> group) {
        var name = "target-" + joined(group);
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        var others = new LinkedHashSet<>(targets.keySet());
        others.removeAll(group);
        return "target-all-but-" + joined(others);
    }

    private static String joined(Set<Architecture> architectures) {
        return architectures.stream().map(a -> ObjectName.of(a.name())).collect(Collectors.joining("-"));
    }
}
