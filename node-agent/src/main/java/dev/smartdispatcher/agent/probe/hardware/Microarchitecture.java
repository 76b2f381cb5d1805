package dev.smartdispatcher.agent.probe.hardware;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The levels of x86-64 processors. Source: the x86-64 psABI, table "Micro-Architecture Levels", with the names that the
 * kernel has for its features: SSE3 is {@code pni}, LZCNT {@code abm}, LAHF-SAHF {@code lahf_lm}, CMPXCHG16B
 * {@code cx16}, SCE {@code syscall}; {@code xsave} is only there where the system uses it (OSXSAVE).
 */
final class Microarchitecture {
    private static final List<Set<String>> FEATURES_BY_LEVEL = List.of(
            Set.of("lm", "cmov", "cx8", "fpu", "fxsr", "mmx", "syscall", "sse", "sse2"),
            Set.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"),
            Set.of("avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"),
            Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"));

    private Microarchitecture() {}

    /** The highest level, as {@code x86-64-v3}, whose features and those of all below are there; empty if not even v1. */
    static Optional<String> of(Collection<String> flags) {
        int level = 0;
        while (level < FEATURES_BY_LEVEL.size() && flags.containsAll(FEATURES_BY_LEVEL.get(level))) {
            level++;
        }
        return level == 0 ? Optional.empty() : Optional.of("x86-64-v" + level);
    }
}
