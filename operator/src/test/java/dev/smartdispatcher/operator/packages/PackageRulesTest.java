package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.CONCEPT;
import static dev.smartdispatcher.operator.packages.Environments.environment;
import static dev.smartdispatcher.operator.packages.Environments.evaluate;
import static dev.smartdispatcher.operator.packages.Environments.installing;
import static dev.smartdispatcher.operator.packages.Environments.lists;
import static dev.smartdispatcher.operator.packages.Environments.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageRulesTest {
    @Nested
    class HostI586TargetArmv7l {
        private final PackagePlan plan =
                PackageRules.evaluate(CONCEPT, Architecture.i586, Architecture.armv7l, Mode.Cross);

        @Test
        void crossCompilersAreInstalled() {
            assertThat(plan.lists().install())
                    .containsExactly("gcc", "make", "cross-armv7l-gcc", "cross-armv7l-binutils");
        }

        @Test
        void rpmX86AndBashX86ArePreinstalled() {
            assertThat(plan.lists().preinstall()).contains("rpm-x86", "bash-x86");
        }

        @Test
        void rpmAndBashArePreinstalledAndNeverReinstalled() {
            assertThat(plan.lists().preinstall()).containsExactly("rpm", "bash", "coreutils", "rpm-x86", "bash-x86");
            assertThat(plan.lists().noInstall()).containsExactly("rpm", "bash");
            assertThat(plan.lists().install()).doesNotContain("rpm", "bash");
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
            assertThat(plan.lists().install()).containsExactly("gcc", "make");
            assertThat(plan.lists().preinstall()).containsExactly("rpm", "bash", "coreutils");
            assertThat(plan.lists().noInstall()).isEmpty();
            assertThat(plan.lists().remove()).isEmpty();
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
        assertThat(plan.lists().install().contains("cross-armv7l-gcc")).isEqualTo(applies);
    }

    @Test
    void withoutRulesTheListsAreTheEnvironmentsInTheirOrder() {
        var plan = evaluate(lists(List.of("rpm", "bash"), List.of("make", "gcc"), null, List.of("vim")));
        assertThat(plan.lists().preinstall()).containsExactly("rpm", "bash");
        assertThat(plan.lists().install()).containsExactly("make", "gcc");
        assertThat(plan.lists().remove()).containsExactly("vim");
        assertThat(plan.image()).isEqualTo(Environments.IMAGE);
    }

    @Test
    void anEnvironmentWithoutListsHasEmptyOnes() {
        var environment = new BuildEnvironmentSpec("image", null, null, null);
        var plan = PackageRules.evaluate(environment, Architecture.s390x, Architecture.s390x, Mode.Native);
        assertThat(plan.lists().preinstall()).isEmpty();
        assertThat(plan.lists().install()).isEmpty();
    }

    @Test
    void baseNoInstallAndRemoveHoldForTheBaseListsToo() {
        var plan = evaluate(lists(List.of("vim"), List.of("bash", "vim"), List.of("bash"), List.of("vim")));
        assertThat(plan.lists().preinstall()).containsExactly("bash");
        assertThat(plan.lists().install()).isEmpty();
        assertThat(plan.lists().noInstall()).containsExactly("bash");
        assertThat(plan.lists().remove()).containsExactly("vim");
    }

    @Test
    void removeTakesANameOutOfEveryList() {
        var plan = evaluate(
                lists(List.of("a"), List.of("b"), List.of("c"), List.of()),
                rule("away").remove("a", "b", "c").build());
        assertThat(plan.lists().preinstall()).isEmpty();
        assertThat(plan.lists().install()).isEmpty();
        assertThat(plan.lists().noInstall()).isEmpty();
        assertThat(plan.lists().remove()).containsExactly("a", "b", "c");
    }

    @Test
    void aLaterRuleBringsBackWhatAnEarlierOneRemoved() {
        var plan = evaluate(
                installing("gcc"),
                rule("away").remove("gcc", "bash", "rpm").build(),
                rule("back").install("gcc").preinstall("bash").noInstall("rpm").build());
        assertThat(plan.lists().install()).containsExactly("gcc");
        assertThat(plan.lists().preinstall()).containsExactly("rpm", "bash");
        assertThat(plan.lists().noInstall()).containsExactly("rpm");
        assertThat(plan.lists().remove()).isEmpty();
    }

    @Test
    void rulesApplyInTheirOrder() {
        var add = rule("add").install("clang").build();
        var remove = rule("remove").remove("clang").build();
        assertThat(evaluate(installing(), add, remove).lists().install()).isEmpty();
        assertThat(evaluate(installing(), remove, add).lists().install()).containsExactly("clang");
    }

    @Test
    void whatIsKeptFromReinstallIsNotInstalledByALaterRule() {
        var plan = evaluate(
                installing(),
                rule("keep").noInstall("rpm").build(),
                rule("more").install("rpm", "gcc").build());
        assertThat(plan.lists().install()).containsExactly("gcc");
        assertThat(plan.lists().noInstall()).containsExactly("rpm");
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
    class Order {
        @Test
        void aRulesNamesComeAfterTheEnvironmentsEachWhereItWasFirstPut() {
            var plan = evaluate(
                    installing("make", "gcc"),
                    rule("one").install("zlib-devel", "gcc").build(),
                    rule("two").install("bison", "zlib-devel").build());
            assertThat(plan.lists().install()).containsExactly("make", "gcc", "zlib-devel", "bison");
        }

        @Test
        void aSpeedUpPackageComesAfterWhatItOverlaysBeItOfTheSameRule() {
            var plan = evaluate(
                    lists(List.of("bash", "coreutils"), List.of(), List.of(), List.of()),
                    rule("speed-up")
                            .preinstall("rpm-x86", "bash-x86")
                            .noInstall("rpm", "bash")
                            .build());
            assertThat(plan.lists().preinstall()).containsExactly("bash", "coreutils", "rpm", "rpm-x86", "bash-x86");
        }

        @Test
        void aRuleThatListsWhatItKeepsInPreinstallDecidesItsPlace() {
            var plan = evaluate(
                    installing(),
                    rule("r").preinstall("filesystem", "bash").noInstall("bash").build());
            assertThat(plan.lists().preinstall()).containsExactly("filesystem", "bash");
        }

        @Test
        void whatIsBroughtBackComesLast() {
            var plan = evaluate(
                    installing("a", "b"),
                    rule("away").remove("a").build(),
                    rule("back").install("a").build());
            assertThat(plan.lists().install()).containsExactly("b", "a");
        }
    }

    @Nested
    class TakingOut {
        @Test
        void aNameIsTakenOutOfOneList() {
            var plan = evaluate(
                    lists(List.of("bash", "rpm"), List.of("bash", "gcc"), List.of(), List.of()),
                    rule("r").install("!bash").preinstall("!rpm").build());
            assertThat(plan.lists().preinstall()).containsExactly("bash");
            assertThat(plan.lists().install()).containsExactly("gcc");
            assertThat(plan.lists().remove()).isEmpty();
        }

        @Test
        void aListIsEmptiedBeforeARuleFillsIt() {
            var plan = evaluate(
                    lists(List.of("bash"), List.of("gcc", "make"), List.of(), List.of()),
                    rule("r").install("!*", "clang").build());
            assertThat(plan.lists().install()).containsExactly("clang");
            assertThat(plan.lists().preinstall()).containsExactly("bash");
        }

        @Test
        void whatIsNoLongerKeptFromReinstallIsInstalledIfAnyListHasIt() {
            var plan = evaluate(
                    lists(List.of("rpm", "bash"), List.of("rpm"), List.of("rpm", "bash"), List.of()),
                    rule("r").noInstall("!*").build());
            assertThat(plan.lists().install()).containsExactly("rpm");
            assertThat(plan.lists().preinstall()).containsExactly("rpm", "bash");
            assertThat(plan.lists().noInstall()).isEmpty();
        }

        @Test
        void whatIsNoLongerPreinstalledIsNotKeptFromReinstall() {
            var plan = evaluate(
                    lists(List.of(), List.of("rpm"), List.of("bash"), List.of()),
                    rule("keep").noInstall("rpm").build(),
                    rule("r").preinstall("!rpm").build());
            assertThat(plan.lists().install()).containsExactly("rpm");
            assertThat(plan.lists().preinstall()).containsExactly("bash");
            assertThat(plan.lists().noInstall()).containsExactly("bash");
        }

        @Test
        void whatIsNoLongerRemovedDoesNotComeBack() {
            var plan = evaluate(
                    installing("gcc", "vim"),
                    rule("away").remove("vim", "emacs").build(),
                    rule("r").remove("!vim").build());
            assertThat(plan.lists().install()).containsExactly("gcc");
            assertThat(plan.lists().remove()).containsExactly("emacs");
        }

        @Test
        void aNameThatIsNotThereIsNoError() {
            var plan = evaluate(installing("gcc"), rule("r").install("!clang").build());
            assertThat(plan.lists().install()).containsExactly("gcc");
            assertThat(plan.lists().trace()).doesNotContain("clang");
        }
    }

    /** One evaluation serves all workers, targets and modes with the same rules, and all equal environments. */
    @Test
    void equalListsAreOneObject() {
        var environment = environment(
                installing("gcc"),
                rule("arm")
                        .when(List.of("armv7l"), List.of(), List.of())
                        .install("a")
                        .build());
        var equal = environment(
                installing("gcc"),
                rule("arm")
                        .when(List.of("armv7l"), List.of(), List.of())
                        .install("a")
                        .build());
        var plan = PackageRules.evaluate(environment, Architecture.x86_64, Architecture.x86_64, Mode.Native);
        assertThat(PackageRules.evaluate(equal, Architecture.i586, Architecture.riscv64, Mode.Emulated))
                .isSameAs(plan);
        assertThat(PackageRules.evaluate(equal, Architecture.armv7l, Architecture.armv7l, Mode.Native))
                .isNotSameAs(plan);
    }
}
