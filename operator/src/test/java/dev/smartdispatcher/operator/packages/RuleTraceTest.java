package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.evaluate;
import static dev.smartdispatcher.operator.packages.Environments.installing;
import static dev.smartdispatcher.operator.packages.Environments.lists;
import static dev.smartdispatcher.operator.packages.Environments.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTraceTest {
    private String steps(PackagePlan plan, String name) {
        return plan.lists()
                .trace()
                .lines()
                .filter(line -> line.startsWith(name + "\t"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysWhichRuleUndoesWhich() {
        var plan = evaluate(
                lists(List.of("rpm"), List.of("gcc", "rpm"), List.of(), List.of()),
                rule("keep").noInstall("rpm").build(),
                rule("more").install("rpm", "clang").build(),
                rule("tidy").remove("clang").install("!gcc").build(),
                rule("anew").noInstall("!rpm").preinstall("clang").build());
        assertThat(steps(plan, "rpm"))
                .isEqualTo("preinstalled and installed\tpreinstall by spec.packages; install by spec.packages;"
                        + " noInstall by rule keep, which undoes install by spec.packages;"
                        + " noInstall !rpm by rule anew, which undoes noInstall by rule keep");
        assertThat(steps(plan, "gcc"))
                .isEqualTo("not listed\tinstall by spec.packages;"
                        + " install !gcc by rule tidy, which undoes install by spec.packages");
        assertThat(steps(plan, "clang"))
                .isEqualTo("preinstalled\tinstall by rule more;"
                        + " remove by rule tidy, which undoes install by rule more;"
                        + " back by rule anew, which undoes remove by rule tidy; preinstall by rule anew");
    }

    @Test
    void saysWhatHasNoEffect() {
        var plan = evaluate(
                installing(),
                rule("keep").noInstall("rpm").build(),
                rule("more").install("rpm").build());
        assertThat(steps(plan, "rpm"))
                .isEqualTo("preinstalled, kept from reinstall\tnoInstall by rule keep;"
                        + " install by rule more, without effect because of noInstall by rule keep");
    }

    @Test
    void namesTheRulesWithListsThatApplyAndThoseThatDoNot() {
        var plan = evaluate(
                installing(),
                rule("one").install("a").build(),
                rule("arm")
                        .when(List.of("armv7l"), List.of(), List.of())
                        .install("b")
                        .build(),
                rule("only-env").env("A", "1").build());
        assertThat(plan.lists().trace()).startsWith("# rules that apply: one\n# rules that do not: arm\n");
    }
}
