package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageName;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.api.environment.RuleCondition;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong with an environment, as sentences that name the field. Jobs cannot use one with any. */
public final class EnvironmentCheck {
    private static final Pattern ENTRY = Pattern.compile(PackageName.PATTERN);
    /** Nobody reads more of them, and messages have to fit into conditions and Events. */
    private static final int MOST = 10;

    private static final PerEnvironment<List<String>> KNOWN =
            new PerEnvironment<>(spec -> new EnvironmentCheck().check(spec));

    private final List<String> problems = new ArrayList<>();

    private EnvironmentCheck() {}

    /** The problems; none if the environment is valid. */
    public static List<String> problems(BuildEnvironmentSpec spec) {
        return spec == null ? List.of("spec: must be set") : KNOWN.of(spec);
    }

    private List<String> check(BuildEnvironmentSpec spec) {
        var base = Layer.of(spec.packages());
        layer(base);
        nothingToTakeOut(base);
        var seen = new HashSet<String>();
        for (var rule : spec.rules()) {
            var layer = Layer.of(rule);
            if (!seen.add(rule.name())) {
                problems.add(layer.field() + ".name: is listed twice");
            }
            condition(layer.field(), rule);
            layer(layer);
        }
        problems.addAll(InstallationCheck.problems(spec));
        if (problems.isEmpty()) {
            EnvironmentSize.problem(spec).ifPresent(problems::add);
        }
        if (problems.size() > MOST) {
            var first = new ArrayList<>(problems.subList(0, MOST));
            first.add("and " + (problems.size() - MOST) + " more");
            return List.copyOf(first);
        }
        return List.copyOf(problems);
    }

    private void condition(String field, PackageRule rule) {
        var when = rule.when();
        Stream.concat(when.hostArch().stream(), when.targetArch().stream())
                .filter(name -> Architecture.of(name).isEmpty())
                .forEach(name -> problems.add(field + ".when: " + Architecture.complaint(name)));
        if (when.modes().contains(Mode.Cross)
                && (when.hostArch().isEmpty() || when.targetArch().isEmpty())) {
            problems.add(field + ".when: " + RuleCondition.CROSS_PAIR);
        }
    }

    private void layer(Layer layer) {
        layer.lists().forEach((list, entries) -> list(layer.field() + "." + list, entries));
        both(layer, layer.install(), new HashSet<>(layer.noInstall())::contains, "both in install and in noInstall");
        var removed = new HashSet<>(layer.remove());
        both(layer, layer.preinstall(), removed::contains, "both in preinstall and in remove");
        both(layer, layer.install(), removed::contains, "both in install and in remove");
        both(layer, layer.noInstall(), removed::contains, "both in noInstall and in remove");
        var unpacked = new HashSet<>(layer.preinstall());
        both(
                layer,
                layer.noInstall(),
                name -> unpacked.contains(Layer.OUT + name),
                "in noInstall, which preinstalls it, and taken out of preinstall");
    }

    private void list(String field, List<String> entries) {
        var seen = new HashSet<String>();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (!ENTRY.matcher(entry).matches()) {
                problems.add(field + ": '" + entry + "' is not a package name");
            } else if (!seen.add(entry)) {
                problems.add(field + ": '" + entry + "' is listed twice");
            } else if (entry.equals(Layer.ALL_OUT) && i > 0) {
                problems.add(field + ": '!*' is not the first entry, but takes out only what earlier lists have");
            }
        }
        entries.stream()
                .filter(entry -> seen.contains(Layer.OUT + entry))
                .forEach(name -> problems.add(field + ": '" + name + "' is both added and taken out"));
    }

    private void nothingToTakeOut(Layer base) {
        base.lists().forEach((list, entries) -> entries.stream()
                .filter(entry ->
                        entry.startsWith(Layer.OUT) && ENTRY.matcher(entry).matches())
                .forEach(entry -> problems.add(base.field() + "." + list + ": '" + entry
                        + "' takes nothing out: no list comes before these")));
    }

    private void both(Layer layer, List<String> names, Predicate<String> other, String where) {
        names.stream()
                .filter(name -> !name.startsWith(Layer.OUT))
                .filter(other)
                .forEach(name -> problems.add(layer.field() + ": '" + name + "' is " + where));
    }
}
