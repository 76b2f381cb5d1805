package dev.smartdispatcher.cli.prjconf.macro;

import java.util.Map;

/** Macros that stand for the architectures of a family, for {@code %ifarch}. Source: the macros that rpm and obs-build install. */
final class TargetFamilies {
    private static final String ARM_LITTLE = "armv3l armv4l armv5l armv5tel armv6l armv6hl armv7l armv7hl armv7hnl";
    private static final String ARM_BIG = "armv4b armv5b armv5teb";
    private static final String ARM_OTHERS =
            "armv4tl armv5tejl armv5el armv5eb armv6el armv6eb armv7el armv7eb armv7nhl armv8el";
    private static final String MIPS_32 = "mips mipsel mipsr6 mipsr6el";
    private static final String MIPS_64 = "mips64 mips64el mips64r6 mips64r6el";

    static final Map<String, String> MACROS = Map.ofEntries(
            Map.entry("nil", ""),
            Map.entry("ix86", "i386 i486 i586 i686 pentium3 pentium4 athlon geode"),
            Map.entry("arm", ARM_LITTLE + " " + ARM_BIG + " " + ARM_OTHERS),
            Map.entry("arml", ARM_LITTLE),
            Map.entry("armb", ARM_BIG),
            Map.entry("arm64", "aarch64"),
            Map.entry("mips32", MIPS_32),
            Map.entry("mips64", MIPS_64),
            Map.entry("mipseb", "mips mipsr6 mips64 mips64r6"),
            Map.entry("mipsel", "mipsel mipsr6el mips64el mips64r6el"),
            Map.entry("mips", MIPS_32 + " " + MIPS_64),
            Map.entry("sparc", "sparc sparcv8 sparcv9 sparcv9v sparc64 sparc64v"),
            Map.entry("alpha", "alpha alphaev56 alphaev6 alphaev67"),
            Map.entry("power64", "ppc64 ppc64p7 ppc64le"));

    private TargetFamilies() {}
}
