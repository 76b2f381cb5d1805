package dev.smartdispatcher.arch;

/** How a target architecture is built on a host architecture. Declared from the most to the least direct way. */
public enum Mode {
    /** Host and target are the same. */
    Native,
    /** The host's CPU and kernel run the target's programs by a personality, as i586 on x86_64. */
    Compat,
    /** Cross compilers on the host; a BuildEnvironment has a rule for the pair. */
    Cross,
    /** A registered binfmt handler interprets the target's programs. */
    Emulated
}
