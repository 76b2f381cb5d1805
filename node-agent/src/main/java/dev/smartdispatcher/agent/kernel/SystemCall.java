package dev.smartdispatcher.agent.kernel;

import dev.smartdispatcher.arch.Architecture;

/**
 * System calls that a {@link TinyProgram} can make, with their number on each architecture. Source: the kernel's
 * syscall tables (arch/.../syscall.tbl; aarch64, riscv64 and loongarch64 use include/uapi/asm-generic/unistd.h).
 */
public enum SystemCall {
    /** Does nothing and always succeeds. */
    SCHED_YIELD(24, 158, 124, 158, 158, 158),
    /** Moves the process into new namespaces; the argument says which. */
    UNSHARE(272, 310, 97, 337, 282, 303),
    /** Changes the root; the argument is the address of a path. */
    CHROOT(161, 61, 51, 61, 61, 61);

    private final int x8664;
    private final int i586;
    private final int generic;
    private final int arm;
    private final int power;
    private final int s390x;

    SystemCall(int x8664, int i586, int generic, int arm, int power, int s390x) {
        this.x8664 = x8664;
        this.i586 = i586;
        this.generic = generic;
        this.arm = arm;
        this.power = power;
        this.s390x = s390x;
    }

    int number(Architecture architecture) {
        return switch (architecture) {
            case x86_64 -> x8664;
            case i586 -> i586;
            case aarch64, riscv64, loongarch64 -> generic;
            case armv7l, armv6l -> arm;
            case ppc64le, ppc64 -> power;
            case s390x -> s390x;
        };
    }
}
