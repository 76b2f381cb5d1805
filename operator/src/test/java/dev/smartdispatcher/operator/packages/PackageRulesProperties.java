package dev.smartdispatcher.operator.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.EnvVariable;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageLists;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.api.environment.RuleCondition;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for the lists of every environment, even of one that EnvironmentCheck would complain about. */
class PackageRulesProperties {
    /** Few names, so that they meet in several lists. */
    private static Arbitrary<List<String>> names() {
        return Arbitraries.of("a", "b", "c", "d", "e", "f", "!a", "!b", "!*")
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<RuleCondition> conditions() {
        var architectures =
                Arbitraries.of(Architecture.class).map(Enum::name).list().ofMaxSize(3);
        var modes = Arbitraries.of(Mode.class).list().ofMaxSize(2);
        return Combinators.combine(architectures, architectures, modes).as(RuleCondition::new);
    }

    private static Arbitrary<PackageRule> rules() {
        var images = Arbitraries.of("", "image-1", "image-2");
        var env =
                Arbitraries.of("A", "B").map(n -> new EnvVariable(n, n)).list().ofMaxSize(2);
        return Combinators.combine(conditions(), names(), names(), names(), names(), images, env)
                .as((when, preinstall, install, noInstall, remove, image, variables) ->
                        new PackageRule("r", when, preinstall, install, noInstall, remove, image, variables));
    }

    @Provide
    Arbitrary<BuildEnvironmentSpec> environments() {
        var base = Combinators.combine(names(), names(), names(), names()).as(PackageLists::new);
        return Combinators.combine(base, rules().list().ofMaxSize(5))
                .as((lists, rules) -> new BuildEnvironmentSpec("image", null, lists, rules));
    }

    @Property(seed = "42")
    void installAndNoInstallAreDisjoint(
            @ForAll("environments") BuildEnvironmentSpec environment,
            @ForAll Architecture host,
            @ForAll Architecture target,
            @ForAll Mode mode) {
        var plan = PackageRules.evaluate(environment, host, target, mode).lists();
        assertThat(plan.install()).noneMatch(plan.noInstall()::contains);
    }

    @Property(seed = "42")
    void whatIsNotInstalledIsPreinstalled(
            @ForAll("environments") BuildEnvironmentSpec environment,
            @ForAll Architecture host,
            @ForAll Architecture target,
            @ForAll Mode mode) {
        var plan = PackageRules.evaluate(environment, host, target, mode).lists();
        assertThat(plan.preinstall()).containsAll(plan.noInstall());
    }

    @Property(seed = "42")
    void removedNamesAreNowhereElse(
            @ForAll("environments") BuildEnvironmentSpec environment,
            @ForAll Architecture host,
            @ForAll Architecture target,
            @ForAll Mode mode) {
        var plan = PackageRules.evaluate(environment, host, target, mode).lists();
        var others = new ArrayList<>(plan.preinstall());
        others.addAll(plan.install());
        others.addAll(plan.noInstall());
        assertThat(others).noneMatch(plan.remove()::contains);
    }

    @Property(seed = "42")
    void evaluationIsDeterministic(
            @ForAll("environments") BuildEnvironmentSpec environment,
            @ForAll Architecture host,
            @ForAll Architecture target,
            @ForAll Mode mode) {
        var rules = PackageRules.of(environment);
        var applying = rules.applying(host, target, mode);
        var first = rules.plan(applying);
        var second = rules.plan(applying);
        assertThat(second).isEqualTo(first);
        assertThat(second.listDigest()).isEqualTo(first.listDigest());
        assertThat(second.planDigest()).isEqualTo(first.planDigest());
        assertThat(second.lists().files()).isEqualTo(first.lists().files());
    }

    @Property(seed = "42")
    void noNameIsListedTwiceAndNoneIsANegation(
            @ForAll("environments") BuildEnvironmentSpec environment,
            @ForAll Architecture host,
            @ForAll Architecture target,
            @ForAll Mode mode) {
        var plan = PackageRules.evaluate(environment, host, target, mode).lists();
        assertThat(List.of(plan.preinstall(), plan.install(), plan.noInstall(), plan.remove()))
                .allSatisfy(list -> assertThat(list).doesNotHaveDuplicates().noneMatch(name -> name.startsWith("!")));
    }

    /** The trace agrees with the lists: a line for each name that any of them has, with what became of it. */
    @Property(seed = "42")
    void theTraceSaysWhatBecameOfEachName(
            @ForAll("environments") BuildEnvironmentSpec environment,
            @ForAll Architecture host,
            @ForAll Architecture target,
            @ForAll Mode mode) {
        var plan = PackageRules.evaluate(environment, host, target, mode).lists();
        var outcomes = plan.trace()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(fields -> fields[0], fields -> fields[1]));
        for (var name : List.of("a", "b", "c", "d", "e", "f")) {
            var expected = new ArrayList<String>();
            if (plan.preinstall().contains(name)) {
                expected.add("preinstalled");
            }
            if (plan.install().contains(name)) {
                expected.add("installed");
            }
            if (plan.remove().contains(name)) {
                expected.add("removed");
            }
            var outcome = plan.noInstall().contains(name)
                    ? "preinstalled, kept from reinstall"
                    : String.join(" and ", expected);
            assertThat(outcomes.getOrDefault(name, "not listed")).isEqualTo(outcome.isEmpty() ? "not listed" : outcome);
        }
    }
}
