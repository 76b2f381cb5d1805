package dev.smartdispatcher.e2e.cluster.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A project is built for riscv64 by a compiler of riscv64, which a node emulates as well as what installs it. */
@ClusterTier
class EmulationClusterIT {
    /** {@code e_machine} of RISC-V. */
    private static final int RISCV = 243;

    private DebianFarm debian;
    private Emulator emulator;

    @BeforeEach
    void open(BuildFarm farm) {
        debian = DebianFarm.of(farm);
        debian.claimRiscv64();
        emulator = Emulator.on(farm, Cluster.NODES.get(0));
    }

    @AfterEach
    void close() {
        emulator.close();
        debian.close();
    }

    @Test
    void aProjectIsBuiltByAnEmulatedCompiler(BuildFarm farm) {
        debian.applyExample("greeter");
        debian.applyExample("emulated");
        var status = farm.await("greeter-riscv64", "Complete");

        assertThat(status.allocation().worker()).isEqualTo(Cluster.NODES.get(0));
        assertThat(status.allocation().mode()).isEqualTo(Mode.Emulated);
        assertThat(debian.log("greeter-riscv64").lines()).contains("riscv64", "good morning");
        assertThat(debian.program(status, "greeter")).isEqualTo(new DebianFarm.Program(2, RISCV));
        assertThat(debian.inResults(status, "cut -f 1,3 installed").lines())
                .contains("gcc\triscv64", "make\triscv64")
                .noneMatch(line -> line.endsWith("\tamd64"));
    }
}
