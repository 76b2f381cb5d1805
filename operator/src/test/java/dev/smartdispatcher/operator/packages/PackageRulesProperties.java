package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.testing.Draw.any;
import static dev.smartdispatcher.operator.testing.Draw.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.EnvVariable;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageLists;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.api.environment.RuleCondition;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for the lists of every environment, even of one that EnvironmentCheck would complain about. */
class PackageRulesProperties {
    /** Few names, so that they meet in several lists. */
    private static List<String> names(Random random) {
        return list(random, 4, r -> any(r, "a", "b", "c", "d", "e", "f", "!a", "!b", "!*"));
    }

    private static RuleCondition condition(Random random) {
        return new RuleCondition(
                architectures(random), architectures(random), list(random, 2, r -> any(r, Mode.values())));
    }

    private static List<String> architectures(Random random) {
        return list(random, 3, r -> any(r, Architecture.values()).name());
    }

    private static PackageRule rule(Random random) {
        return new PackageRule(
                "r",
                condition(random),
                names(random),
                names(random),
                names(random),
                names(random),
                any(random, "", "image-1", "image-2"),
                list(random, 2, r -> any(r, new EnvVariable("A", "A"), new EnvVariable("B", "B"))));
    }

    private static BuildEnvironmentSpec environment(Random random) {
        var lists = new PackageLists(names(random), names(random), names(random), names(random));
        return new BuildEnvironmentSpec("image", null, lists, list(random, 5, PackageRulesProperties::rule));
    }

    /** Each property on the plans of a thousand environments. */
    private static void plans(Consumer<PlannedLists> property) {
        Seeds.check(
                1000,
                random -> property.accept(PackageRules.evaluate(
                                environment(random),
                                any(random, Architecture.values()),
                                any(random, Architecture.values()),
                                any(random, Mode.values()))
                        .lists()));
    }

    @Test
    void installAndNoInstallAreDisjoint() {
        plans(plan -> {
            assertThat(plan.install()).noneMatch(plan.noInstall()::contains);
        });
    }

    @Test
    void whatIsNotInstalledIsPreinstalled() {
        plans(plan -> {
            assertThat(plan.preinstall()).containsAll(plan.noInstall());
        });
    }

    @Test
    void removedNamesAreNowhereElse() {
        plans(plan -> {
            var others = new ArrayList<>(plan.preinstall());
            others.addAll(plan.install());
            others.addAll(plan.noInstall());
            assertThat(others).noneMatch(plan.remove()::contains);
        });
    }

    @Test
    void evaluationIsDeterministic() {
        Seeds.check(1000, random -> {
            var environment = environment(random);
            var host = any(random, Architecture.values());
            var target = any(random, Architecture.values());
            var mode = any(random, Mode.values());
            var rules = PackageRules.of(environment);
            var applying = rules.applying(host, target, mode);
            var first = rules.plan(applying);
            var second = rules.plan(applying);
            assertThat(second).isEqualTo(first);
            assertThat(second.listDigest()).isEqualTo(first.listDigest());
            assertThat(second.planDigest()).isEqualTo(first.planDigest());
            assertThat(second.lists().files()).isEqualTo(first.lists().files());
        });
    }

    @Test
    void noNameIsListedTwiceAndNoneIsANegation() {
        plans(plan -> {
            assertThat(List.of(plan.preinstall(), plan.install(), plan.noInstall(), plan.remove()))
                    .allSatisfy(
                            list -> assertThat(list).doesNotHaveDuplicates().noneMatch(name -> name.startsWith("!")));
        });
    }

    /** The trace agrees with the lists: a line for each name that any of them has, with what became of it. */
    @Test
    void theTraceSaysWhatBecameOfEachName() {
        plans(plan -> {
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
                assertThat(outcomes.getOrDefault(name, "not listed"))
                        .isEqualTo(outcome.isEmpty() ? "not listed" : outcome);
            }
        });
    }
}
