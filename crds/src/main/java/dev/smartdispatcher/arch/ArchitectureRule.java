package dev.smartdispatcher.arch;

/** What the schema says of architectures' names, in CEL. Annotations take constants only, hence no list of the enum's. */
public final class ArchitectureRule {
    /** All names, as a list. */
    public static final String NAMES = "['x86_64', 'i586', 'aarch64', 'armv7l', 'ppc64le', 's390x', 'riscv64',"
            + " 'ppc64', 'armv6l', 'loongarch64']";
    /** The sentence of {@link Architecture#complaint}, as CEL. */
    public static final String MESSAGE =
            "self in ['amd64', 'x64', 'x86-64'] ? \"'\" + self + \"' is another system's name: use 'x86_64'\" :"
                    + " self in ['i386', 'i686', '386', 'x86'] ? \"'\" + self + \"' is another system's name: use 'i586'\" :"
                    + " self == 'arm64' ? \"'arm64' is another system's name: use 'aarch64'\" :"
                    + " self in ['armhf', 'armv7', 'armv7hl', 'arm'] ? \"'\" + self + \"' is another system's name: use 'armv7l'\" :"
                    + " self in ['ppc64el', 'powerpc64le'] ? \"'\" + self + \"' is another system's name: use 'ppc64le'\" :"
                    + " self == 'powerpc64' ? \"'powerpc64' is another system's name: use 'ppc64'\" :"
                    + " self in ['armv6', 'armv6hl'] ? \"'\" + self + \"' is another system's name: use 'armv6l'\" :"
                    + " self == 'loong64' ? \"'loong64' is another system's name: use 'loongarch64'\" :"
                    + " \"'\" + self + \"' is not an architecture: use one of x86_64, i586, aarch64, armv7l, ppc64le, s390x,"
                    + " riscv64, ppc64, armv6l, loongarch64\"";

    private ArchitectureRule() {}
}
