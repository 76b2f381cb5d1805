package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.CONCEPT;
import static dev.smartdispatcher.operator.packages.Environments.environment;
import static dev.smartdispatcher.operator.packages.Environments.installing;
import static dev.smartdispatcher.operator.packages.Environments.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.packages.CrossPairs.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossPairsTest {
    private static final List<Mode> CROSS = List.of(Mode.Cross);

    @Test
    void everyHostOfACrossRuleBuildsEveryTargetOfIt() {
        assertThat(CrossPairs.of(CONCEPT))
                .containsExactlyInAnyOrder(
                        new Pair(Architecture.i586, Architecture.armv7l),
                        new Pair(Architecture.x86_64, Architecture.armv7l));
    }

    @Test
    void aRuleThatDoesNotNameCrossMakesNoPair() {
        var environment = environment(
                installing(),
                rule("always").build(),
                rule("emulated")
                        .when(List.of("x86_64"), List.of("aarch64"), List.of(Mode.Emulated))
                        .build(),
                rule("any-mode")
                        .when(List.of("x86_64"), List.of("aarch64"), List.of())
                        .build());
        assertThat(CrossPairs.of(environment)).isEmpty();
    }

    @Test
    void aHostDoesNotCrossBuildItself() {
        var both = List.of("aarch64", "x86_64");
        var environment =
                environment(installing(), rule("both").when(both, both, CROSS).build());
        assertThat(CrossPairs.of(environment))
                .containsExactlyInAnyOrder(
                        new Pair(Architecture.aarch64, Architecture.x86_64),
                        new Pair(Architecture.x86_64, Architecture.aarch64));
    }

    @Test
    void pairsOfSeveralRulesAreUnitedAndUnknownNamesMakeNone() {
        var environment = environment(
                installing(),
                rule("a").when(List.of("x86_64"), List.of("s390x"), CROSS).build(),
                rule("b")
                        .when(List.of("amd64", "x86_64"), List.of("riscv64", "vax"), CROSS)
                        .build(),
                rule("c").when(List.of("x86_64"), List.of(), CROSS).build());
        assertThat(CrossPairs.of(environment))
                .containsExactlyInAnyOrder(
                        new Pair(Architecture.x86_64, Architecture.s390x),
                        new Pair(Architecture.x86_64, Architecture.riscv64));
    }
}
