package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.api.environment.PodSettings;
import dev.smartdispatcher.api.environment.RuleCondition;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Evaluates an environment's rules in order; later ones see what earlier ones left. A rule's {@code noInstall} keeps a
 * package preinstalled and takes it off the install list; its {@code remove} takes a name out of every list, from which a
 * later rule may bring it back.
 */
public final class PackageRules {
    private final SortedSet<String> preinstall = new TreeSet<>();
    private final SortedSet<String> install = new TreeSet<>();
    private final SortedSet<String> noInstall = new TreeSet<>();
    private final SortedSet<String> remove = new TreeSet<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<String> command;
    private final String setup;
    private String image;

    private PackageRules(BuildEnvironmentSpec environment) {
        image = environment.image();
        command = environment.command();
        setup = setup(environment);
    }

    /** The plan for a worker and a target. */
    public static PackagePlan evaluate(
            BuildEnvironmentSpec environment, Architecture hostArch, Architecture targetArch, Mode mode) {
        var rules = new PackageRules(environment);
        var base = environment.packages();
        rules.change(base.preinstall(), base.install(), base.noInstall(), base.remove());
        environment.rules().stream()
                .filter(rule -> applies(rule.when(), hostArch, targetArch, mode))
                .forEach(rules::apply);
        return rules.plan();
    }

    /** Whether every list that the condition has holds the value in question. */
    static boolean applies(RuleCondition when, Architecture hostArch, Architecture targetArch, Mode mode) {
        return holds(when.hostArch(), hostArch.name())
                && holds(when.targetArch(), targetArch.name())
                && holds(when.modes(), mode);
    }

    private static <T> boolean holds(List<T> allowed, T value) {
        return allowed.isEmpty() || allowed.contains(value);
    }

    private void apply(PackageRule rule) {
        change(rule.preinstall(), rule.install(), rule.noInstall(), rule.remove());
        if (rule.image() != null && !rule.image().isEmpty()) {
            image = rule.image();
        }
        rule.env().forEach(variable -> env.put(variable.name(), variable.value() == null ? "" : variable.value()));
    }

    private void change(
            Collection<String> morePreinstall,
            Collection<String> moreInstall,
            Collection<String> moreNoInstall,
            Collection<String> moreRemove) {
        preinstall.addAll(morePreinstall);
        remove.removeAll(morePreinstall);
        moreInstall.stream().filter(name -> !noInstall.contains(name)).forEach(install::add);
        remove.removeAll(moreInstall);
        noInstall.addAll(moreNoInstall);
        preinstall.addAll(moreNoInstall);
        install.removeAll(moreNoInstall);
        remove.removeAll(moreNoInstall);
        moreRemove.forEach(name -> {
            preinstall.remove(name);
            install.remove(name);
            noInstall.remove(name);
            remove.add(name);
        });
    }

    private PackagePlan plan() {
        return new PackagePlan(
                Collections.unmodifiableSortedSet(preinstall),
                Collections.unmodifiableSortedSet(install),
                Collections.unmodifiableSortedSet(noInstall),
                Collections.unmodifiableSortedSet(remove),
                image,
                Collections.unmodifiableMap(env),
                command,
                setup);
    }

    /** The text is made of records, enums, lists and sorted maps alone, so equal values have equal texts. */
    private static String setup(BuildEnvironmentSpec environment) {
        return environment.installer() == Installer.None && environment.pod().equals(PodSettings.NONE)
                ? ""
                : environment.installer() + " " + environment.root() + " " + environment.resolve() + " "
                        + environment.repository() + " " + environment.pod();
    }
}
