package dev.smartdispatcher.e2e.installer;

import java.util.List;
import java.util.Locale;

/** The lists of the concept's second case, for both of its hosts. */
enum ConceptExamples {
    /** Speed-up packages of the host over those of the target, which are not installed again; cross compilers. */
    I586(
            List.of("filesystem", "glibc", "bash", "coreutils", "rpm", "bash-x86", "rpm-x86"),
            List.of("gcc", "make", "zlib-devel", "ping", "cross-armv7l-gcc", "cross-armv7l-binutils")),
    /** Nothing but the target's own packages. */
    ARMV7L(List.of("filesystem", "glibc", "bash", "coreutils", "rpm"), List.of("gcc", "make", "zlib-devel", "ping"));

    private final List<String> preinstall;
    private final List<String> install;

    ConceptExamples(List<String> preinstall, List<String> install) {
        this.preinstall = preinstall;
        this.install = install;
    }

    /** The host's architecture. */
    String host() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Gives an installation these lists. */
    Installation lists(Installation installation, String... noInstall) {
        return installation
                .set("--host-arch", host())
                .set("--mode", this == ARMV7L ? "Native" : "Emulated")
                .list("preinstall", preinstall)
                .list("install", install)
                .noInstall(noInstall);
    }
}
