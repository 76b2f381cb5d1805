package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.CONCEPT;
import static dev.smartdispatcher.operator.packages.Environments.environment;
import static dev.smartdispatcher.operator.packages.Environments.installing;
import static dev.smartdispatcher.operator.packages.Environments.lists;
import static dev.smartdispatcher.operator.packages.Environments.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.PackageLists;
import dev.smartdispatcher.api.environment.PackageName;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.arch.Mode;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentCheckTest {
    private static final List<String> NONE = List.of();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

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

    /** So many names that are as long as names can be, and cannot be compressed well. */
    private static List<String> random(int count, long seed) {
        var random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> random.ints(PackageName.LONGEST, 0, LETTERS.length())
                        .mapToObj(letter -> LETTERS.substring(letter, letter + 1))
                        .collect(Collectors.joining()))
                .toList();
    }

    @Test
    void listsFitIntoTheirConfigMap() {
        assertThat(problems(lists(NONE, random(1000, 1), NONE, NONE))).isEmpty();
        assertThat(problems(
                        lists(NONE, random(1000, 1), NONE, NONE),
                        rule("more")
                                .when(List.of("armv7l"), NONE, List.of())
                                .install(random(1000, 2).toArray(String[]::new))
                                .build()))
                .singleElement()
                .asString()
                .contains(
                        "spec.packages and spec.rules: the list files come to",
                        "for host armv7l, target x86_64 in mode Native although they are compressed",
                        "at most 1048576 fit into their ConfigMap");
    }

    @Test
    void aNameIsListedOnceInAList() {
        assertThat(problems(installing("gcc", "make", "gcc")))
                .containsExactly("spec.packages.install: 'gcc' is listed twice");
        assertThat(problems(
                        installing("gcc"),
                        rule("r").install("gcc", "!make", "!make").build()))
                .containsExactly("spec.rules[r].install: '!make' is listed twice");
    }

    @Test
    void whatARuleTakesOutItDoesNotAdd() {
        assertThat(problems(installing("gcc"), rule("r").install("gcc", "!gcc").build()))
                .containsExactly("spec.rules[r].install: 'gcc' is both added and taken out");
        assertThat(problems(installing("gcc"), rule("r").install("clang", "!*").build()))
                .containsExactly(
                        "spec.rules[r].install: '!*' is not the first entry, but takes out only what earlier lists have");
        assertThat(problems(installing("gcc"), rule("r").install("!*", "clang").build()))
                .isEmpty();
        assertThat(problems(
                        installing(),
                        rule("r").preinstall("!rpm").noInstall("rpm").build()))
                .containsExactly(
                        "spec.rules[r]: 'rpm' is in noInstall, which preinstalls it, and taken out of preinstall");
    }

    @Test
    void nothingComesBeforeTheEnvironmentsLists() {
        assertThat(problems(lists(List.of("!bash"), List.of("!*"), NONE, NONE)))
                .containsExactly(
                        "spec.packages.preinstall: '!bash' takes nothing out: no list comes before these",
                        "spec.packages.install: '!*' takes nothing out: no list comes before these");
    }

    @Test
    void ofManyProblemsTheFirstAreSaid() {
        var wrong = IntStream.range(0, 34).mapToObj(i -> "wrong " + i).toArray(String[]::new);
        assertThat(problems(installing(wrong)))
                .hasSize(11)
                .startsWith("spec.packages.install: 'wrong 0' is not a package name")
                .endsWith("and 24 more");
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
                        + " x86_64, i586, aarch64, armv7l, ppc64le, s390x, riscv64, ppc64, armv6l, loongarch64");
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
    @ValueSource(
            strings = {
                "two words",
                "-dash",
                "",
                "new\nline",
                "ends\n",
                "üml",
                "!",
                "!!a",
                "a!",
                "a*",
                "*",
                "$(id)",
                "a;b",
                "a|b",
                "`id`",
                "a'b",
                "a\"b",
                "a\\b",
                "a&b",
                "a<b",
                "a>b",
                "{a}",
                "a#b",
                "a=b",
                "[a]",
                "a?",
                "~a",
                "a%b",
                "\u0007a",
                "a\tb",
                "@",
                "@@a"
            })
    void whatIsNoPackageNameIsNamed(String name) {
        assertThat(problems(installing(name)))
                .containsExactly("spec.packages.install: '" + name + "' is not a package name");
        assertThat(problems(installing(), rule("r").noInstall(name).build()))
                .containsExactly("spec.rules[r].noInstall: '" + name + "' is not a package name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc-c++",
                "libstdc++6",
                "python3.11",
                "perl(Foo::Bar)",
                "/usr/bin/cmp",
                "libc6:armhf",
                "0ad",
                "@group",
                "@^minimal-environment",
                "@nodejs:20/common",
                "libstdc++_Gtk3.0+~git2^1",
                "perl(strict)",
                "npm(@types/node)",
                "libssl.so.3()(64bit)",
                "_service"
            })
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
                        "spec.packages: 'a' is both in install and in remove",
                        "spec.packages: 'b' is both in noInstall and in remove");
        assertThat(problems(
                        installing(),
                        rule("r").install("a").remove("a").build(),
                        rule("s").preinstall("p").remove("p").build()))
                .containsExactly(
                        "spec.rules[r]: 'a' is both in install and in remove",
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
