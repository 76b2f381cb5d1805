package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.CONCEPT;
import static dev.smartdispatcher.operator.packages.Environments.environment;
import static dev.smartdispatcher.operator.packages.Environments.installing;
import static dev.smartdispatcher.operator.packages.Environments.lists;
import static dev.smartdispatcher.operator.packages.Environments.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.PackageLists;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.arch.Mode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentCheckTest {
    private static final List<String> NONE = List.of();

    private static List<String> problems(PackageLists base, PackageRule... rules) {
        return EnvironmentCheck.problems(environment(base, rules));
    }

    @Test
    void theConceptsEnvironmentIsValid() {
        assertThat(EnvironmentCheck.problems(CONCEPT)).isEmpty();
    }

    @Test
    void aSpecMustBeThere() {
        assertThat(EnvironmentCheck.problems(null)).containsExactly("spec: must be set");
    }

    /** 1,900 names that are as long as names can be. */
    private static List<String> long1900(String prefix) {
        return IntStream.range(0, 1900)
                .mapToObj(i -> prefix + i + "x".repeat(240))
                .toList();
    }

    @Test
    void listsFitIntoTheirConfigMap() {
        assertThat(problems(lists(NONE, long1900("a"), NONE, NONE))).isEmpty();
        assertThat(problems(
                        lists(NONE, long1900("a"), NONE, NONE),
                        rule("more")
                                .install(long1900("b").toArray(String[]::new))
                                .build()))
                .singleElement()
                .asString()
                .contains(
                        "spec.packages and spec.rules: the list files come to",
                        "at most 1048576 fit into their ConfigMap");
    }

    @Test
    void ruleNamesAreUnique() {
        assertThat(problems(
                        installing(),
                        rule("a").build(),
                        rule("b").build(),
                        rule("a").build()))
                .containsExactly("spec.rules[a].name: is listed twice");
    }

    @Test
    void foreignArchitecturesAreToldTheRightName() {
        var rule = rule("r").when(List.of("amd64"), List.of("arm64"), List.of()).build();
        assertThat(problems(installing(), rule))
                .containsExactly(
                        "spec.rules[r].when: 'amd64' is another system's name: use 'x86_64'",
                        "spec.rules[r].when: 'arm64' is another system's name: use 'aarch64'");
    }

    @Test
    void unknownArchitecturesAreToldAllNames() {
        var rule = rule("r").when(List.of("vax"), List.of(), List.of()).build();
        assertThat(problems(installing(), rule))
                .containsExactly("spec.rules[r].when: 'vax' is not an architecture: use one of"
                        + " x86_64, i586, aarch64, armv7l, ppc64le, s390x, riscv64");
    }

    @Test
    void aCrossRuleNamesHostAndTarget() {
        var cross = List.of(Mode.Cross);
        var sentence = "spec.rules[r].when: a rule that names mode Cross must name hostArch and targetArch";
        assertThat(problems(
                        installing(),
                        rule("r").when(List.of("i586"), NONE, cross).build()))
                .containsExactly(sentence);
        assertThat(problems(
                        installing(),
                        rule("r").when(NONE, List.of("armv7l"), cross).build()))
                .containsExactly(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "-dash", "!negated", "", "new\nline", "üml"})
    void whatIsNoPackageNameIsNamed(String name) {
        assertThat(problems(installing(name))).containsExactly("spec.packages: '" + name + "' is not a package name");
        assertThat(problems(installing(), rule("r").noInstall(name).build()))
                .containsExactly("spec.rules[r]: '" + name + "' is not a package name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gcc-c++", "libstdc++6", "python3.11", "perl(Foo::Bar)", "/usr/bin/cmp", "libc6:armhf", "0ad"})
    void packageNamesOfRpmAndDebianAndCapabilitiesAreFine(String name) {
        assertThat(problems(installing(name))).isEmpty();
    }

    @Test
    void aNameIsNotBothInInstallAndNoInstall() {
        assertThat(problems(lists(NONE, List.of("rpm"), List.of("rpm"), NONE)))
                .containsExactly("spec.packages: 'rpm' is both in install and in noInstall");
        assertThat(problems(
                        installing(), rule("r").install("rpm").noInstall("rpm").build()))
                .containsExactly("spec.rules[r]: 'rpm' is both in install and in noInstall");
    }

    @Test
    void aNameIsNotBothInRemoveAndAnotherList() {
        assertThat(problems(lists(NONE, List.of("a"), List.of("b"), List.of("a", "b"))))
                .containsExactly(
                        "spec.packages: 'a' is in remove and in another list",
                        "spec.packages: 'b' is in remove and in another list");
        assertThat(problems(
                        installing(),
                        rule("r").install("a").remove("a").build(),
                        rule("s").preinstall("p").remove("p").build()))
                .containsExactly(
                        "spec.rules[r]: 'a' is in remove and in another list",
                        "spec.rules[s]: 'p' is both in preinstall and in remove");
    }

    @Test
    void oneRuleMayRemoveWhatAnotherInstalls() {
        assertThat(problems(
                        installing("a"),
                        rule("r").remove("a").build(),
                        rule("s").install("a").build()))
                .isEmpty();
    }
}
