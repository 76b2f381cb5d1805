package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.api.environment.PodSettings;
import dev.smartdispatcher.api.environment.RuleCondition;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An environment's rules: to which (hostArch, targetArch, mode) each applies, and the plans that they make. A plan is made once for
 * each set of rules that apply together. The environment's lists come first, then those of each rule, by its place; docs/environments.md
 * says what the lists of a rule do to those before it.
 */
public final class PackageRules {
    private static final int ARCHITECTURES = Architecture.values().length;
    private static final int MODES = Mode.values().length;
    private static final PerEnvironment<PackageRules> KNOWN = new PerEnvironment<>(PackageRules::new);

    private final Layer base;
    private final String image;
    private final List<String> command;
    private final String setup;
    private final List<PackageRule> rules;
    /** By the number of (hostArch, targetArch, mode), filled when needed. */
    private final AtomicReferenceArray<PackagePlan> plans =
            new AtomicReferenceArray<>(ARCHITECTURES * ARCHITECTURES * MODES);

    private final Map<BitSet, PackagePlan> bySet = new ConcurrentHashMap<>();

    private PackageRules(BuildEnvironmentSpec environment) {
        base = Layer.of(environment.packages());
        image = environment.image();
        command = environment.command();
        setup = setup(environment);
        rules = environment.rules();
    }

    /** The rules of an environment; of equal ones the same object. */
    static PackageRules of(BuildEnvironmentSpec environment) {
        return KNOWN.of(environment);
    }

    /** The plan for a worker and a target. */
    public static PackagePlan evaluate(
            BuildEnvironmentSpec environment, Architecture hostArch, Architecture targetArch, Mode mode) {
        return of(environment).plan(hostArch, targetArch, mode);
    }

    PackagePlan plan(Architecture hostArch, Architecture targetArch, Mode mode) {
        int number = (hostArch.ordinal() * ARCHITECTURES + targetArch.ordinal()) * MODES + mode.ordinal();
        var plan = plans.get(number);
        if (plan == null) {
            plan = bySet.computeIfAbsent(applying(hostArch, targetArch, mode), this::plan);
            plans.set(number, plan);
        }
        return plan;
    }

    /** The plan of the rules whose numbers these are, made anew. */
    PackagePlan plan(BitSet applying) {
        var evaluation = new ListEvaluation();
        var env = new LinkedHashMap<String, String>();
        var planImage = image;
        evaluation.apply(base);
        for (var rule : rules(applying)) {
            evaluation.apply(Layer.of(rule));
            if (rule.image() != null && !rule.image().isEmpty()) {
                planImage = rule.image();
            }
            rule.env().forEach(variable -> env.put(variable.name(), variable.value() == null ? "" : variable.value()));
        }
        return new PackagePlan(
                evaluation.lists(header(applying)), planImage, Collections.unmodifiableMap(env), command, setup);
    }

    /** The numbers of the rules that apply together. */
    BitSet applying(Architecture hostArch, Architecture targetArch, Mode mode) {
        var applying = new BitSet(rules.size());
        for (int i = 0; i < rules.size(); i++) {
            applying.set(i, applies(rules.get(i).when(), hostArch, targetArch, mode));
        }
        return applying;
    }

    List<PackageRule> rules(BitSet numbers) {
        return numbers.stream().mapToObj(rules::get).toList();
    }

    /** Of rules without lists nothing is said, so that equal lists remain so. */
    private String header(BitSet applying) {
        return rulesLine("# rules that apply:", applying, true) + rulesLine("# rules that do not:", applying, false);
    }

    private String rulesLine(String title, BitSet applying, boolean apply) {
        return IntStream.range(0, rules.size())
                .filter(i -> applying.get(i) == apply)
                .mapToObj(rules::get)
                .filter(PackageRules::hasLists)
                .map(rule -> " " + rule.name())
                .collect(Collectors.joining("", title, "\n"));
    }

    private static boolean hasLists(PackageRule rule) {
        return !rule.preinstall().isEmpty()
                || !rule.install().isEmpty()
                || !rule.noInstall().isEmpty()
                || !rule.remove().isEmpty();
    }

    /** Whether every list that the condition has holds the value in question. */
    private static boolean applies(RuleCondition when, Architecture hostArch, Architecture targetArch, Mode mode) {
        return holds(when.hostArch(), hostArch.name())
                && holds(when.targetArch(), targetArch.name())
                && holds(when.modes(), mode);
    }

    private static <T> boolean holds(List<T> allowed, T value) {
        return allowed.isEmpty() || allowed.contains(value);
    }

    /** The text is made of records, enums, lists and sorted maps alone, so equal values have equal texts. */
    private static String setup(BuildEnvironmentSpec environment) {
        return environment.installer() == Installer.None && environment.pod().equals(PodSettings.NONE)
                ? ""
                : environment.installer() + " " + environment.root() + " " + environment.resolve() + " "
                        + environment.repository() + " " + environment.pod();
    }
}
