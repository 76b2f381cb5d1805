package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.CONCEPT;
import static dev.smartdispatcher.operator.packages.Environments.environment;
import static dev.smartdispatcher.operator.packages.Environments.installing;
import static dev.smartdispatcher.operator.packages.Environments.lists;
import static dev.smartdispatcher.operator.packages.Environments.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageLists;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageRulesTest {
    private static PackagePlan evaluate(PackageLists base, PackageRule... rules) {
        return PackageRules.evaluate(environment(base, rules), Architecture.x86_64, Architecture.x86_64, Mode.Native);
    }

    @Nested
    class HostI586TargetArmv7l {
        private final PackagePlan plan =
                PackageRules.evaluate(CONCEPT, Architecture.i586, Architecture.armv7l, Mode.Cross);

        @Test
        void crossCompilersAreInstalled() {
            assertThat(plan.install()).containsExactly("cross-armv7l-binutils", "cross-armv7l-gcc", "gcc", "make");
        }

        @Test
        void rpmX86AndBashX86ArePreinstalled() {
            assertThat(plan.preinstall()).contains("rpm-x86", "bash-x86");
        }

        @Test
        void rpmAndBashArePreinstalledAndNeverReinstalled() {
            assertThat(plan.preinstall()).containsExactly("bash", "bash-x86", "coreutils", "rpm", "rpm-x86");
            assertThat(plan.noInstall()).containsExactly("bash", "rpm");
            assertThat(plan.install()).doesNotContain("rpm", "bash");
        }

        @Test
        void theBuildIsToldTheCrossCompiler() {
            assertThat(plan.env()).containsExactly(entry("CROSS_COMPILE", "arm-linux-gnueabihf-"));
        }
    }

    @Nested
    class HostArmv7lTargetArmv7l {
        private final PackagePlan plan =
                PackageRules.evaluate(CONCEPT, Architecture.armv7l, Architecture.armv7l, Mode.Native);

        @Test
        void noneOfTheseIsThere() {
            assertThat(plan.install()).containsExactly("gcc", "make");
            assertThat(plan.preinstall()).containsExactly("bash", "coreutils", "rpm");
            assertThat(plan.noInstall()).isEmpty();
            assertThat(plan.remove()).isEmpty();
            assertThat(plan.env()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "i586, armv7l, Cross, true",
        "x86_64, armv7l, Emulated, true",
        "aarch64, armv7l, Cross, false",
        "i586, aarch64, Cross, false",
        "i586, armv7l, Compat, false",
    })
    void aRuleAppliesWhereHostTargetAndModeAllHold(
            Architecture hostArch, Architecture targetArch, Mode mode, boolean applies) {
        var plan = PackageRules.evaluate(CONCEPT, hostArch, targetArch, mode);
        assertThat(plan.install().contains("cross-armv7l-gcc")).isEqualTo(applies);
    }

    @Test
    void withoutRulesTheListsAreTheBaseListsSortedAndOnceEach() {
        var plan = evaluate(lists(List.of("rpm", "bash", "rpm"), List.of("make", "gcc", "make"), null, List.of("vim")));
        assertThat(plan.preinstall()).containsExactly("bash", "rpm");
        assertThat(plan.install()).containsExactly("gcc", "make");
        assertThat(plan.remove()).containsExactly("vim");
        assertThat(plan.image()).isEqualTo(Environments.IMAGE);
    }

    @Test
    void anEnvironmentWithoutListsHasEmptyOnes() {
        var environment = new BuildEnvironmentSpec("image", null, null, null);
        var plan = PackageRules.evaluate(environment, Architecture.s390x, Architecture.s390x, Mode.Native);
        assertThat(plan.preinstall()).isEmpty();
        assertThat(plan.install()).isEmpty();
    }

    @Test
    void baseNoInstallAndRemoveHoldForTheBaseListsToo() {
        var plan = evaluate(lists(List.of("vim"), List.of("bash", "vim"), List.of("bash"), List.of("vim")));
        assertThat(plan.preinstall()).containsExactly("bash");
        assertThat(plan.install()).isEmpty();
        assertThat(plan.noInstall()).containsExactly("bash");
        assertThat(plan.remove()).containsExactly("vim");
    }

    @Test
    void removeTakesANameOutOfEveryList() {
        var plan = evaluate(
                lists(List.of("a"), List.of("b"), List.of("c"), List.of()),
                rule("away").remove("a", "b", "c").build());
        assertThat(plan.preinstall()).isEmpty();
        assertThat(plan.install()).isEmpty();
        assertThat(plan.noInstall()).isEmpty();
        assertThat(plan.remove()).containsExactly("a", "b", "c");
    }

    @Test
    void aLaterRuleBringsBackWhatAnEarlierOneRemoved() {
        var plan = evaluate(
                installing("gcc"),
                rule("away").remove("gcc", "bash", "rpm").build(),
                rule("back").install("gcc").preinstall("bash").noInstall("rpm").build());
        assertThat(plan.install()).containsExactly("gcc");
        assertThat(plan.preinstall()).containsExactly("bash", "rpm");
        assertThat(plan.noInstall()).containsExactly("rpm");
        assertThat(plan.remove()).isEmpty();
    }

    @Test
    void rulesApplyInTheirOrder() {
        var add = rule("add").install("clang").build();
        var remove = rule("remove").remove("clang").build();
        assertThat(evaluate(installing(), add, remove).install()).isEmpty();
        assertThat(evaluate(installing(), remove, add).install()).containsExactly("clang");
    }

    @Test
    void whatIsKeptFromReinstallIsNotInstalledByALaterRule() {
        var plan = evaluate(
                installing(),
                rule("keep").noInstall("rpm").build(),
                rule("more").install("rpm", "gcc").build());
        assertThat(plan.install()).containsExactly("gcc");
        assertThat(plan.noInstall()).containsExactly("rpm");
    }

    @Test
    void theLastRuleThatNamesAnImageDecidesIt() {
        var plan = evaluate(
                installing(),
                rule("one").image("one").build(),
                rule("two").image("two").build(),
                rule("empty").image("").build(),
                rule("none").build());
        assertThat(plan.image()).isEqualTo("two");
    }

    @Test
    void laterRulesOverrideVariablesAndAVariableWithoutAValueIsEmpty() {
        var plan = evaluate(
                installing(),
                rule("one").env("CC", "gcc").build(),
                rule("two").env("LANG", null).build(),
                rule("three").env("CC", "clang").build());
        assertThat(plan.env()).containsExactly(entry("CC", "clang"), entry("LANG", ""));
    }

    @Nested
    class Digest {
        @Test
        void isEqualForEqualListsWhereverTheyComeFrom() {
            var byRule = evaluate(
                    installing("a"),
                    rule("b").install("b").image("x").env("A", "1").build());
            var byBase = evaluate(installing("b", "a"));
            assertThat(byRule.listDigest()).isEqualTo(byBase.listDigest()).matches("sha256:[0-9a-f]{64}");
        }

        @Test
        void differsWhereANameIsInAnotherList() {
            var none = List.<String>of();
            var a = List.of("a");
            assertThat(List.of(
                            evaluate(lists(none, none, none, none)).listDigest(),
                            evaluate(lists(a, none, none, none)).listDigest(),
                            evaluate(lists(none, a, none, none)).listDigest(),
                            evaluate(lists(none, none, a, none)).listDigest(),
                            evaluate(lists(none, none, none, a)).listDigest(),
                            evaluate(lists(a, a, none, none)).listDigest(),
                            evaluate(lists(none, List.of("a", "b"), none, none)).listDigest()))
                    .doesNotHaveDuplicates();
        }

        @Test
        void differsBetweenTheTwoHostsOfTheConcept() {
            var cross = PackageRules.evaluate(CONCEPT, Architecture.i586, Architecture.armv7l, Mode.Cross);
            var own = PackageRules.evaluate(CONCEPT, Architecture.armv7l, Architecture.armv7l, Mode.Native);
            assertThat(cross.listDigest()).isNotEqualTo(own.listDigest());
        }

        /** Each is part of the pod. */
        @Test
        void ofThePlanDiffersByListsImageVariablesAndCommand() {
            assertThat(Stream.of(
                                    "{image: i}",
                                    "{image: i, packages: {install: [a]}}",
                                    "{image: i, installer: Deb, repository: {image: r}}",
                                    "{image: i, installer: Rpm, repository: {image: r}}",
                                    "{image: i, installer: Rpm, repository: {image: s}}",
                                    "{image: i, installer: Rpm, root: Directory, repository: {image: r}}",
                                    "{image: i, installer: Rpm, resolve: Repository, repository: {image: r}}",
                                    "{image: i, pod: {labels: {a: b}}}",
                                    "{image: i, pod: {tmpfs: {path: /t, size: 1Gi}}}",
                                    "{image: i, pod: {tmpfs: {path: /t, size: 2Gi}}}",
                                    "{image: j}",
                                    "{image: i, command: [bash]}",
                                    "{image: i, command: [sh, \"-c \"]}",
                                    "{image: i, rules: [{name: r, env: [{name: A, value: b}]}]}",
                                    "{image: i, rules: [{name: r, env: [{name: A, value: b}, {name: C, value: d}]}]}",
                                    "{image: i, rules: [{name: r, env: [{name: C, value: d}, {name: A, value: b}]}]}",
                                    "{image: i, rules: [{name: r, env: [{name: Ab, value: \"\"}]}]}")
                            .map(spec -> Serialization.unmarshal("--- " + spec, BuildEnvironmentSpec.class))
                            .map(spec -> PackageRules.evaluate(
                                            spec, Architecture.x86_64, Architecture.x86_64, Mode.Native)
                                    .planDigest()))
                    .doesNotHaveDuplicates()
                    .allMatch(digest -> digest.matches("sha256:[0-9a-f]{64}"));
        }

        /** It is recorded: another way to compute it would have attempts taken back when the operator is upgraded. */
        @Test
        void ofThePlanIsWhatEarlierVersionsRecorded() {
            assertThat(evaluate(installing("a")).planDigest())
                    .isEqualTo("sha256:ddd88f65e121d1136b4b8f88da8df4ab7fd348f91c8a99e01610378ea9004e20");
        }
    }

    @Nested
    class Summary {
        @Test
        void countsEveryListThatSaysSomething() {
            var plan = PackageRules.evaluate(CONCEPT, Architecture.i586, Architecture.armv7l, Mode.Cross);
            assertThat(plan.summary()).isEqualTo("4 to install, 5 preinstalled, 2 kept from reinstall");
        }

        @Test
        void namesRemovedOnesOnlyIfThereAreAny() {
            assertThat(evaluate(installing("a")).summary()).isEqualTo("1 to install, 0 preinstalled");
            assertThat(evaluate(installing("a"), rule("r").remove("a", "b").build())
                            .summary())
                    .isEqualTo("0 to install, 0 preinstalled, 2 removed");
        }
    }
}
