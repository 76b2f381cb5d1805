package dev.smartdispatcher.e2e.cluster.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same project for several architectures, with the compiler that the rules of its environment install. */
@ClusterTier
class CompilersClusterIT {
    /**
     * What a job makes.
     *
     * @param machine what {@code uname -m} says in it
     * @param compiler the package of its compiler
     * @param elfClass 1 for 32 bits, 2 for 64
     * @param elfMachine {@code e_machine}, by the ELF specification's list
     */
    private record Made(String job, Mode mode, String machine, String compiler, int elfClass, int elfMachine) {}

    private static final List<Made> ALL = List.of(
            new Made("greeter-x86-64", Mode.Native, "x86_64", "gcc", 2, 62),
            new Made("greeter-i586", Mode.Compat, "i686", "gcc-multilib", 1, 3),
            new Made("greeter-armv7l", Mode.Cross, "x86_64", "gcc-arm-linux-gnueabihf", 1, 40),
            new Made("greeter-aarch64", Mode.Cross, "x86_64", "gcc-aarch64-linux-gnu", 2, 183));

    private DebianFarm debian;

    @BeforeEach
    void open(BuildFarm farm) {
        debian = DebianFarm.of(farm);
    }

    @AfterEach
    void close() {
        debian.close();
    }

    @Test
    void aProjectIsBuiltForEachArchitecture(BuildFarm farm) {
        debian.applyExample("greeter");
        debian.applyExample("compilers");
        var compilers = ALL.stream().map(Made::compiler).toList();
        for (var made : ALL) {
            var status = farm.await(made.job(), "Complete");
            assertThat(status.allocation().mode()).as(made.job()).isEqualTo(made.mode());
            assertThat(debian.log(made.job()).lines()).as(made.job()).contains(made.machine());
            assertThat(debian.program(status, "greeter"))
                    .as(made.job())
                    .isEqualTo(new DebianFarm.Program(made.elfClass(), made.elfMachine()));
            var installed =
                    debian.inResults(status, "cut -f 1 installed").lines().toList();
            assertThat(installed).as(made.job()).contains(made.compiler());
            assertThat(compilers.stream().filter(other -> isOtherThan(made, other)))
                    .as(made.job())
                    .isNotEmpty()
                    .noneMatch(installed::contains);
        }
    }

    /** gcc-multilib needs gcc, which is this machine's compiler. */
    private static boolean isOtherThan(Made made, String compiler) {
        return !made.compiler().equals(compiler) && !(made.mode() == Mode.Compat && compiler.equals("gcc"));
    }
}
