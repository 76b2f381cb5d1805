package dev.smartdispatcher.e2e.cluster.packages;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.facts.Target;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A node of the cluster that emulates riscv64: its administrator has registered qemu with the kernel, which all nodes share, but only
 * this one shows so. To be closed.
 */
final class Emulator implements AutoCloseable {
    /** As of qemu's own binfmt-conf.sh: programs and shared objects of ELF for RISC-V, with 64 bits. */
    private static final String REGISTER = """
            set -e
            cd /proc/sys/fs/binfmt_misc
            mountpoint -q . || mount -t binfmt_misc binfmt_misc .
            cd /proc/sys/fs/binfmt_misc
            [ ! -e e2e-riscv64 ] || echo -1 >e2e-riscv64
            z='\\x00'
            m=":e2e-riscv64:M::\\x7fELF\\x02\\x01\\x01$z$z$z$z$z$z$z$z$z\\x02$z\\xf3$z"
            f='\\xff'
            m="$m:$f$f$f$f$f$f$f$z$f$f$f$f$f$f$f$f\\xfe$f$f$f"
            printf '%s' "$m:/usr/bin/qemu-riscv64-static:F" >register
            """;

    private static final String UNREGISTER = """
            echo -1 >/proc/sys/fs/binfmt_misc/e2e-riscv64
            umount /proc/sys/fs/binfmt_misc
            """;

    private final BuildFarm farm;
    private final String node;

    private Emulator(BuildFarm farm, String node) {
        this.farm = farm;
        this.node = node;
    }

    /** Registers it, and waits until the node's worker tells so. */
    static Emulator on(BuildFarm farm, String node) {
        farm.cluster().run("exec", node, "--", "sh", "-c", REGISTER);
        var emulator = new Emulator(farm, node);
        Awaitility.await("the agent finds the emulator")
                .atMost(Duration.ofMinutes(5))
                .until(emulator::isFound);
        return emulator;
    }

    private boolean isFound() {
        return farm.kubectl().get(BuildWorker.class, "bw", node).getStatus().agent().targets().stream()
                .anyMatch(new Target("riscv64", Mode.Emulated)::equals);
    }

    @Override
    public void close() {
        farm.cluster().run("exec", node, "--", "sh", "-c", UNREGISTER);
    }
}
