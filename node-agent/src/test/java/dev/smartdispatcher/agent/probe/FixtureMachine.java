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
    }),
    /** Raspberry Pi Zero: ARMv6, and less memory than half a GiB. */
    ARMV6L_BOARD("armv6l-board", Architecture.armv6l),
    /** A guest of KVM with Neoverse cores: no 32-bit state, so no personality. */
    AARCH64_KVM_GUEST("aarch64-kvm-guest", () -> {
        FakeKernel kernel = new FakeKernel(Architecture.aarch64);
        kernel.personality32 = false;
        return kernel;
    }),
    /** POWER9 with four threads a core, a guest of KVM. */
    PPC64LE_KVM_GUEST("ppc64le-kvm-guest", Architecture.ppc64le),
    /** POWER8 with a kernel of the other byte order, a partition of PowerVM. */
    PPC64_POWERVM("ppc64-powervm", Architecture.ppc64),
    /** A z15's guest of z/VM. */
    S390X_ZVM_GUEST("s390x-zvm-guest", Architecture.s390x),
    /** HiFive Unmatched. */
    RISCV64_BOARD("riscv64-board", Architecture.riscv64),
    /** Loongson 3A5000. */
    LOONGARCH64_SERVER("loongarch64-server", Architecture.loongarch64),
    /** A guest of KVM without nesting, cgroup v2. */
    X86_64_KVM_GUEST("x86_64-kvm-guest", Architecture.x86_64, Architecture.i586),
    /** A guest of KVM that may have guests itself, cgroup v1. */
    X86_64_KVM_GUEST_NESTED("x86_64-kvm-guest-nested", () -> {
        FakeKernel kernel = new FakeKernel(Architecture.x86_64, Architecture.i586);
        kernel.kvm = true;
        return kernel;
    }),
    /** The privileged domain of Xen. */
    X86_64_XEN_DOM0("x86_64-xen-dom0", Architecture.x86_64, Architecture.i586),
    /** A node that is a container of a machine, which gives it two CPUs of four, and refuses it what takes privileges. */
    X86_64_CONTAINER("x86_64-container", () -> new FakeKernel(Architecture.x86_64, Architecture.i586)
            .failing(FakeKernel.EPERM, Call.NEW_USER_NAMESPACE)
            .failing(FakeKernel.EPERM, Call.CHROOT)
            .failing(FakeKernel.EPERM, Call.NEW_USER_NAMESPACE, Call.CHROOT));

    private static final Path MACHINES = Path.of("src", "test", "resources", "machines");

    private final String directory;
    private final Supplier<FakeKernel> kernel;

    /** One whose kernel runs these architectures' programs, and refuses nothing. */
    FixtureMachine(String directory, Architecture own, Architecture... alsoExecutable) {
        this(directory, () -> new FakeKernel(own, alsoExecutable));
    }

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
