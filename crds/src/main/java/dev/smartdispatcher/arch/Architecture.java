package dev.smartdispatcher.arch;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An architecture by its RPM/uname name, the only vocabulary of the API. The constants are spelled as users type them, so
 * that {@link #name()} is the name.
 */
public enum Architecture {
    x86_64,
    i586,
    aarch64,
    armv7l,
    ppc64le,
    s390x,
    riscv64,
    ppc64,
    armv6l,
    loongarch64;

    /** All names, separated by a comma and a space, for messages. */
    public static final String NAMES = Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));

    /** Other systems' names (Debian, Go, GNU) of the same architectures. */
    private static final Map<String, Architecture> FOREIGN = Map.ofEntries(
            Map.entry("amd64", x86_64),
            Map.entry("x64", x86_64),
            Map.entry("x86-64", x86_64),
            Map.entry("i386", i586),
            Map.entry("i686", i586),
            Map.entry("386", i586),
            Map.entry("x86", i586),
            Map.entry("arm64", aarch64),
            Map.entry("armhf", armv7l),
            Map.entry("armv7", armv7l),
            Map.entry("armv7hl", armv7l),
            Map.entry("arm", armv7l),
            Map.entry("ppc64el", ppc64le),
            Map.entry("powerpc64le", ppc64le),
            Map.entry("powerpc64", ppc64),
            Map.entry("armv6", armv6l),
            Map.entry("armv6hl", armv6l),
            Map.entry("loong64", loongarch64));

    /** The architecture of exactly this name. */
    public static Optional<Architecture> of(String name) {
        return Arrays.stream(values()).filter(a -> a.name().equals(name)).findFirst();
    }

    /** The architecture that another system calls {@code name}, for example {@code aarch64} for {@code arm64}. */
    public static Optional<Architecture> ofForeign(String name) {
        return Optional.ofNullable(name == null ? null : FOREIGN.get(name));
    }

    /**
     * The architecture of a kernel's {@code uname -m}: its own name or one of the family's
     * ({@code i686} is {@code i586}, {@code armv8l} is {@code armv7l}).
     */
    public static Optional<Architecture> ofMachine(String machine) {
        return of(machine).or(() -> switch (machine) {
            case "i386", "i486", "i686" -> Optional.of(i586);
            case "armv8l", "armv7hl" -> Optional.of(armv7l);
            default -> ofForeign(machine);
        });
    }

    /** Whether a word of it has 32 bits. */
    public boolean is32Bit() {
        return this == i586 || this == armv7l || this == armv6l;
    }

    /** The 64-bit architecture of the same family, of a 32-bit one. */
    public Optional<Architecture> wider() {
        return switch (this) {
            case i586 -> Optional.of(x86_64);
            case armv7l, armv6l -> Optional.of(aarch64);
            default -> Optional.empty();
        };
    }

    /** What is wrong with {@code name} as an architecture, in one sentence that names the right one if there is one. */
    public static String complaint(String name) {
        return ofForeign(name)
                .map(right -> "'" + name + "' is another system's name: use '" + right + "'")
                .orElse("'" + name + "' is not an architecture: use one of " + NAMES);
    }
}
