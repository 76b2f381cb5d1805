package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.environment;
import static dev.smartdispatcher.operator.packages.Environments.lists;
import static dev.smartdispatcher.operator.packages.Environments.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.testing.Golden;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lists of one environment for every host, every target and every mode in which the one can build for the other. */
class MatrixTest {
    private static final List<String> X86 = List.of("x86_64", "i586");
    private static final List<String> ALL =
            Stream.of(Architecture.values()).map(Enum::name).toList();

    /** As in OBS: a cross compiler for each target, native tools over those of the target where x86 has them, 32 bits beside 64. */
    private static final BuildEnvironmentSpec ENVIRONMENT = environment(
            lists(
                    List.of("filesystem", "glibc", "bash", "coreutils", "rpm"),
                    List.of("gcc", "make", "zlib-devel"),
                    List.of(),
                    List.of()),
            Stream.concat(
                            Stream.of(Architecture.values()).map(MatrixTest::cross),
                            Stream.of(
                                    rule("x86-tools")
                                            .when(
                                                    X86,
                                                    ALL.stream()
                                                            .filter(a -> !X86.contains(a))
                                                            .toList(),
                                                    List.of(Mode.Cross, Mode.Emulated))
                                            .preinstall("rpm-x86", "bash-x86")
                                            .noInstall("rpm", "bash")
                                            .build(),
                                    rule("compat")
                                            .when(List.of(), List.of(), List.of(Mode.Compat))
                                            .install("glibc-32bit")
                                            .env("PERSONALITY", "linux32")
                                            .build(),
                                    rule("emulated")
                                            .when(List.of(), List.of(), List.of(Mode.Emulated))
                                            .remove("valgrind")
                                            .install("!zlib-devel", "zlib-static")
                                            .build(),
                                    rule("s390x-has-no-speed-ups")
                                            .when(List.of(), List.of("s390x"), List.of(Mode.Emulated))
                                            .preinstall("!rpm-x86", "!bash-x86")
                                            .noInstall("!*")
                                            .build()))
                    .toArray(PackageRule[]::new));

    private static PackageRule cross(Architecture target) {
        return rule("cross-" + target.name().replace('_', '-'))
                .when(
                        ALL.stream().filter(a -> !a.equals(target.name())).toList(),
                        List.of(target.name()),
                        List.of(Mode.Cross))
                .install("!gcc", "cross-" + target.name() + "-binutils", "cross-" + target.name() + "-gcc")
                .build();
    }

    private static Stream<Mode> modes(Architecture host, Architecture target) {
        if (host == target) {
            return Stream.of(Mode.Native);
        }
        return target.wider().filter(wide -> wide == host).isPresent()
                ? Stream.of(Mode.Compat, Mode.Cross, Mode.Emulated)
                : Stream.of(Mode.Cross, Mode.Emulated);
    }

    private static String row(Architecture host, Architecture target, Mode mode) {
        var lists = PackageRules.evaluate(ENVIRONMENT, host, target, mode).lists();
        return String.format(
                "%s -> %s %s:%n  preinstall: %s%n  install: %s%n  noInstall: %s%n  remove: %s%n",
                host,
                target,
                mode,
                String.join(" ", lists.preinstall()),
                String.join(" ", lists.install()),
                String.join(" ", lists.noInstall()),
                String.join(" ", lists.remove()));
    }

    @Test
    void theEnvironmentIsValid() {
        assertThat(EnvironmentCheck.problems(ENVIRONMENT)).isEmpty();
    }

    @Test
    void everyHostTargetAndModeHasItsLists() {
        var matrix = new StringBuilder();
        for (var host : Architecture.values()) {
            for (var target : Architecture.values()) {
                modes(host, target).forEach(mode -> matrix.append(row(host, target, mode)));
            }
        }
        Golden.assertText("packages/matrix.txt", matrix.toString());
    }

    @Test
    void aPairIsCrossBuildableInBothDirectionsAndNoneWithItself() {
        var pairs = CrossPairs.of(ENVIRONMENT);
        int all = Architecture.values().length;
        assertThat(pairs).hasSize(all * (all - 1)).noneMatch(pair -> pair.hostArch() == pair.targetArch());
    }
}
