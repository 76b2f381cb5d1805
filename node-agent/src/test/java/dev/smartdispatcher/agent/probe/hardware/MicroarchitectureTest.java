package dev.smartdispatcher.agent.probe.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MicroarchitectureTest {
    private static final List<String> V1 = List.of("lm", "cmov", "cx8", "fpu", "fxsr", "mmx", "syscall", "sse", "sse2");
    private static final List<String> V2 = List.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3");
    private static final List<String> V3 =
            List.of("avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave");
    private static final List<String> V4 = List.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");

    @Test
    void eachLevelNeedsAllBelowIt() {
        assertThat(Microarchitecture.of(flags(List.of(V1)))).contains("x86-64-v1");
        assertThat(Microarchitecture.of(flags(List.of(V1, V2)))).contains("x86-64-v2");
        assertThat(Microarchitecture.of(flags(List.of(V1, V2, V3)))).contains("x86-64-v3");
        assertThat(Microarchitecture.of(flags(List.of(V1, V2, V3, V4)))).contains("x86-64-v4");
        assertThat(Microarchitecture.of(flags(List.of(V1, V3, V4)))).contains("x86-64-v1");
    }

    @Test
    void oneMissingFeatureIsALevelLess() {
        Set<String> flags = flags(List.of(V1, V2, V3));
        flags.remove("abm");
        assertThat(Microarchitecture.of(flags)).contains("x86-64-v2");
    }

    @Test
    void othersHaveNone() {
        assertThat(Microarchitecture.of(Set.of("fp", "asimd", "crc32"))).isEmpty();
        assertThat(Microarchitecture.of(Set.of())).isEmpty();
    }

    private static Set<String> flags(List<List<String>> levels) {
        Set<String> flags = new HashSet<>(Set.of("hypervisor"));
        levels.forEach(flags::addAll);
        return flags;
    }
}
