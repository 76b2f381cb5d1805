package dev.smartdispatcher.agent.probe;

import dev.smartdispatcher.agent.kernel.FakeKernel;
import dev.smartdispatcher.agent.kernel.Space;
import dev.smartdispatcher.agent.kernel.TinyProgram.Call;
import dev.smartdispatcher.arch.Architecture;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Machines whose files are recorded under {@code src/test/resources/machines}, and what their kernels would answer. */
public enum FixtureMachine {
    /** Xeon with Debian 12: KVM, and binfmt handlers of every kind. */
    X86_64_SERVER("x86_64-server", () -> {
        FakeKernel kernel = new FakeKernel(Architecture.x86_64, Architecture.i586);
        kernel.kvm = true;
        kernel.space = new Space(480L << 30, 410L << 30, OptionalLong.of(31_000_000));
        return kernel;
    }),
    /** A guest of Xen with an enterprise kernel: no IA32 emulation, no user namespaces, no pressure information. */
    X86_64_XEN_GUEST("x86_64-xen-guest", () -> {
        FakeKernel kernel = new FakeKernel(Architecture.x86_64).failing(FakeKernel.EPERM, Call.NEW_USER_NAMESPACE);
        kernel.space = new Space(40L << 30, 2L << 30, OptionalLong.empty());
        return kernel;
    }),
    /** Raspberry Pi 4: runs 32-bit programs; the agent is not privileged there. */
    AARCH64_BOARD("aarch64-board", () -> {
        FakeKernel kernel =
                new FakeKernel(Architecture.aarch64, Architecture.armv7l).failing(FakeKernel.EPERM, Call.CHROOT);
        kernel.space = new Space(31_000_000_000L, 21_000_000_000L, OptionalLong.of(1_700_000));
        return kernel;
    }),
    /** BeagleBone Black: one thread, half a GiB. */
    ARMV7L_BOARD("armv7l-board", () -> {
        FakeKernel kernel = new FakeKernel(Architecture.armv7l);
        kernel.space = new Space(3_900_000_000L, 1_900_000_000L, OptionalLong.of(180_000));
        return kernel;
    });

    private static final Path MACHINES = Path.of("src", "test", "resources", "machines");

    private final String directory;
    private final Supplier<FakeKernel> kernel;

    FixtureMachine(String directory, Supplier<FakeKernel> kernel) {
        this.directory = directory;
        this.kernel = kernel;
    }

    /** Its files. */
    public HostPaths paths() {
        return new HostPaths(MACHINES.resolve(directory));
    }

    /** Its kernel, a new one each time. */
    public FakeKernel kernel() {
        return kernel.get();
    }

    /** The facts that all probes together must find. */
    public Path goldenFacts() {
        return MACHINES.resolve(directory + ".yaml");
    }
}
