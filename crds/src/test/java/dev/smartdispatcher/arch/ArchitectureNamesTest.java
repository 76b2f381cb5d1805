package dev.smartdispatcher.arch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureNamesTest {
    @ParameterizedTest
    @CsvSource({
        "amd64, x86_64",
        "i386, i586",
        "arm64, aarch64",
        "armhf, armv7l",
        "ppc64el, ppc64le",
        "powerpc64, ppc64",
        "armv6hl, armv6l",
        "loong64, loongarch64"
    })
    void anotherSystemsNameIsToldWithTheRightOne(String foreign, String right) {
        assertThat(Architecture.of(foreign)).isEmpty();
        assertThat(Architecture.complaint(foreign))
                .isEqualTo("'" + foreign + "' is another system's name: use '" + right + "'");
        // The API server says the same, by CEL.
        assertThat(ArchitectureRule.MESSAGE).contains("'" + foreign + "'", "use '" + right + "'");
    }

    @Test
    void everyArchitectureIsInTheSchema() {
        for (var arch : Architecture.values()) {
            assertThat(ArchitectureRule.NAMES).contains("'" + arch + "'");
            assertThat(ArchitectureRule.MESSAGE).contains(arch.name());
        }
    }

    @ParameterizedTest
    @CsvSource({"x86_64, x86_64", "i686, i586", "armv8l, armv7l", "aarch64, aarch64", "ppc64, ppc64", "armv6l, armv6l"})
    void aKernelsMachineIsAnArchitecture(String machine, Architecture arch) {
        assertThat(Architecture.ofMachine(machine)).contains(arch);
    }
}
