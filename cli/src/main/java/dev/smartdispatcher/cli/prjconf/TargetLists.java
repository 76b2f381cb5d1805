package dev.smartdispatcher.cli.prjconf;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageLists;
import dev.smartdispatcher.cli.manifest.Remarks;
import dev.smartdispatcher.cli.prjconf.ProjectConfig.Entry;
import dev.smartdispatcher.cli.prjconf.ProjectConfig.Listed;
import dev.smartdispatcher.operator.packages.EnvironmentCheck;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is preinstalled and installed for one target on any host: Preinstall, with VMInstall in virtual machines, and Required
 * and Support after substitution, as obs-build installs them for every package.
 *
 * @param preinstall unpacked first
 * @param install installed beside them
 */
record TargetLists(List<String> preinstall, List<String> install) {

    /** The lists, and remarks on what is in none. */
    static TargetLists of(ProjectConfig config, boolean virtualMachine, Remarks remarks) {
        var preinstall = names(config, Listed.PREINSTALL, remarks);
        if (virtualMachine) {
            preinstall.addAll(names(config, Listed.VMINSTALL, remarks));
        } else {
            config.list(Listed.VMINSTALL)
                    .forEach(entry -> notCarriedOver(
                            entry.from(), entry.from().text() + " (for virtual machines; --vm adds it)", remarks));
        }
        var substituted = new LinkedHashSet<String>();
        for (var entry : entries(config, Listed.REQUIRED, Listed.SUPPORT)) {
            substitute(
                    config, entry.name(), new LinkedHashSet<>(), name -> add(name, entry.from(), substituted, remarks));
        }
        for (var entry : config.list(Listed.PREINSTALL)) {
            if (config.substitutions().containsKey(entry.name())) {
                substitute(
                        config,
                        entry.name(),
                        new LinkedHashSet<>(),
                        name -> add(name, entry.from(), substituted, remarks));
                remarks.note(
                        entry.from().file(),
                        entry.from().line(),
                        entry.name() + " is preinstalled and substituted; OBS installs the substitutes instead of it,"
                                + " here both are installed");
            }
        }
        config.substitutions()
                .values()
                .forEach(substitution -> notCarriedOver(
                        substitution,
                        substitution.text() + " (applied to the lists; packages' own dependencies are not substituted)",
                        remarks));
        substituted.removeAll(preinstall);
        return new TargetLists(List.copyOf(preinstall), List.copyOf(substituted));
    }

    /** The names of a list that are names of packages, and remarks on the others. */
    static Set<String> names(ProjectConfig config, Listed listed, Remarks remarks) {
        var names = new LinkedHashSet<String>();
        config.list(listed).forEach(entry -> add(entry.name(), entry.from(), names, remarks));
        return names;
    }

    /** All that stands for a name, which may be itself; what was replaced once is not replaced again. */
    static void substitute(ProjectConfig config, String name, Set<String> done, Consumer<String> result) {
        if (!done.add(name)) {
            return;
        }
        var substitution = config.substitutions().get(name);
        if (substitution == null) {
            result.accept(name);
            return;
        }
        var replacements = ProjectConfig.replacements(substitution);
        if (replacements.contains(name)) {
            result.accept(name);
        }
        replacements.forEach(replacement -> substitute(config, replacement, done, result));
    }

    private static List<Entry> entries(ProjectConfig config, Listed... lists) {
        var entries = new ArrayList<Entry>();
        Stream.of(lists).map(config::list).forEach(entries::addAll);
        return entries;
    }

    private static void add(String name, Directive from, Set<String> names, Remarks remarks) {
        if (isPackageName(name)) {
            names.add(name);
        } else {
            notCarriedOver(from, "'" + name + "' in '" + from.text() + "' (not the name of a package)", remarks);
        }
    }

    private static void notCarriedOver(Directive directive, String text, Remarks remarks) {
        remarks.notCarriedOver(directive.file(), directive.line(), text);
    }

    /** As the operator checks names: the rule is written there alone. */
    private static boolean isPackageName(String name) {
        var lists = new PackageLists(null, List.of(name), null, null);
        return EnvironmentCheck.problems(new BuildEnvironmentSpec("any", null, lists, null))
                .isEmpty();
    }
}
