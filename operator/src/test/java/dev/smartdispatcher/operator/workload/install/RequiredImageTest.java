package dev.smartdispatcher.operator.workload.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredImageTest {
    @ParameterizedTest
    @CsvSource({
        "Native,   x86_64,  x86_64,  x86_64,         false",
        "Native,   i586,    i586,    i586,           true",
        "Native,   s390x,   s390x,   s390x,          false",
        "Compat,   x86_64,  i586,    i586;x86_64,    true",
        "Compat,   aarch64, armv7l,  armv7l;aarch64, true",
        "Cross,    x86_64,  riscv64, x86_64,         false",
        "Cross,    i586,    armv7l,  i586;x86_64,    true",
        "Cross,    armv7l,  aarch64, armv7l;aarch64, true",
        "Emulated, x86_64,  armv7l,  armv7l,         false",
        "Emulated, x86_64,  ppc64le, ppc64le,        false",
        "Native,   armv6l,  armv6l,  armv6l;armv7l,  true",
        "Compat,   aarch64, armv6l,  armv6l;armv7l;aarch64, true",
    })
    void followsFromTheMode(Mode mode, Architecture host, Architecture target, String architectures, boolean is32Bit) {
        var required = RequiredImage.of(mode, host, target);
        assertThat(String.join(";", required.architectures())).isEqualTo(architectures);
        assertThat(required.is32Bit()).isEqualTo(is32Bit);
    }

    @ParameterizedTest
    @CsvSource({
        "Emulated, x86_64, armv7l,  x86_64;armv7l",
        "Compat,   x86_64, i586,    x86_64;i586",
        "Native,   i586,   i586,    i586;x86_64",
    })
    void ofABuildWithARootOfItsOwnMayBeTheHosts(
            Mode mode, Architecture host, Architecture target, String architectures) {
        var required = RequiredImage.of(mode, host, target).onlyInstalling(host);
        assertThat(String.join(";", required.architectures())).isEqualTo(architectures);
        assertThat(required.is32Bit()).isEqualTo(mode != Mode.Emulated);
    }
}
