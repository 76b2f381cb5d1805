package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.CONCEPT;
import static dev.smartdispatcher.operator.packages.Environments.evaluate;
import static dev.smartdispatcher.operator.packages.Environments.installing;
import static dev.smartdispatcher.operator.packages.Environments.lists;
import static dev.smartdispatcher.operator.packages.Environments.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PackagePlanTest {
    @Nested
    class Digest {
        @Test
        void isEqualForEqualListsWhereverTheyComeFrom() {
            var byRule = evaluate(
                    installing("a"),
                    rule("b").install("b").image("x").env("A", "1").build());
            var byBase = evaluate(installing("a", "b"));
            assertThat(byRule.lists().digest())
                    .isEqualTo(byBase.lists().digest())
                    .matches("sha256:[0-9a-f]{64}");
        }

        @Test
        void differsWhereANameIsInAnotherList() {
            var none = List.<String>of();
            var a = List.of("a");
            assertThat(List.of(
                            evaluate(lists(none, none, none, none)).lists().digest(),
                            evaluate(lists(a, none, none, none)).lists().digest(),
                            evaluate(lists(none, a, none, none)).lists().digest(),
                            evaluate(lists(none, none, a, none)).lists().digest(),
                            evaluate(lists(none, none, none, a)).lists().digest(),
                            evaluate(lists(a, a, none, none)).lists().digest(),
                            evaluate(lists(none, List.of("a", "b"), none, none))
                                    .lists()
                                    .digest()))
                    .doesNotHaveDuplicates();
        }

        @Test
        void differsWhereTheOrderDoes() {
            assertThat(evaluate(installing("b", "a")).lists().digest())
                    .isNotEqualTo(evaluate(installing("a", "b")).lists().digest());
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
            assertThat(plan.lists().summary()).isEqualTo("4 to install, 5 preinstalled, 2 kept from reinstall");
        }

        @Test
        void namesRemovedOnesOnlyIfThereAreAny() {
            assertThat(evaluate(installing("a")).lists().summary()).isEqualTo("1 to install, 0 preinstalled");
            assertThat(evaluate(installing("a"), rule("r").remove("a", "b").build())
                            .lists()
                            .summary())
                    .isEqualTo("0 to install, 0 preinstalled, 2 removed");
        }
    }
}
