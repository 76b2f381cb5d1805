package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.api.environment.RuleCondition;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong with an environment, as sentences that name the field. Jobs cannot use one with any. */
public final class EnvironmentCheck {
    /** Names of RPM and Debian packages, with what both allow: capabilities in brackets, a path, an architecture. */
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9+._/():~^-]*");

    private final List<String> problems = new ArrayList<>();

    private EnvironmentCheck() {}

    /** The problems; none if the environment is valid. */
    public static List<String> problems(BuildEnvironmentSpec spec) {
        if (spec == null) {
            return List.of("spec: must be set");
        }
        var check = new EnvironmentCheck();
        var base = spec.packages();
        check.names("spec.packages", base.preinstall(), base.install(), base.noInstall(), base.remove());
        check.contradictions("spec.packages", base.install(), base.noInstall(), base.remove());
        var seen = new HashSet<String>();
        for (var rule : spec.rules()) {
            var field = "spec.rules[" + rule.name() + "]";
            if (!seen.add(rule.name())) {
                check.problems.add(field + ".name: is listed twice");
            }
            check.rule(field, rule);
        }
        check.problems.addAll(InstallationCheck.problems(spec));
        EnvironmentSize.problem(spec).ifPresent(check.problems::add);
        return check.problems;
    }

    private void rule(String field, PackageRule rule) {
        var when = rule.when();
        Stream.concat(when.hostArch().stream(), when.targetArch().stream())
                .filter(name -> Architecture.of(name).isEmpty())
                .forEach(name -> problems.add(field + ".when: " + Architecture.complaint(name)));
        if (when.modes().contains(Mode.Cross)
                && (when.hostArch().isEmpty() || when.targetArch().isEmpty())) {
            problems.add(field + ".when: " + RuleCondition.CROSS_PAIR);
        }
        names(field, rule.preinstall(), rule.install(), rule.noInstall(), rule.remove());
        contradictions(field, rule.install(), rule.noInstall(), rule.remove());
        rule.preinstall().stream()
                .filter(rule.remove()::contains)
                .forEach(name -> problems.add(field + ": '" + name + "' is both in preinstall and in remove"));
    }

    @SafeVarargs
    private void names(String field, List<String>... lists) {
        Stream.of(lists)
                .flatMap(List::stream)
                .filter(name -> !PACKAGE.matcher(name).matches())
                .forEach(name -> problems.add(field + ": '" + name + "' is not a package name"));
    }

    private void contradictions(String field, List<String> install, List<String> noInstall, List<String> remove) {
        install.stream()
                .filter(noInstall::contains)
                .forEach(name -> problems.add(field + ": '" + name + "' is both in install and in noInstall"));
        Stream.concat(install.stream(), noInstall.stream())
                .filter(remove::contains)
                .forEach(name -> problems.add(field + ": '" + name + "' is in remove and in another list"));
    }
}
