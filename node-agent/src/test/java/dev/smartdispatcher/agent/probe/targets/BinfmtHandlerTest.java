package dev.smartdispatcher.agent.probe.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinfmtHandlerTest {
    private static final String MASK = "ffffffffffffff00fffffffffffffffffeffffff";

    /** Magics as Debian's qemu-user-binfmt registers them. */
    @ParameterizedTest
    @CsvSource({
        "7f454c4602010100000000000000000002003e00, fffffffffffefe00fffffffffffffffffeffffff, x86_64",
        "7f454c4601010100000000000000000002000300, fffffffffffefe00fffffffffffffffffeffffff, i586",
        "7f454c460201010000000000000000000200b700, ffffffffffffff00fffffffffffffffffeffffff, aarch64",
        "7f454c4601010100000000000000000002002800, ffffffffffffff00fffffffffffffffffeffffff, armv7l armv6l",
        "7f454c4602010100000000000000000002001500, ffffffffffffff00fffffffffffffffffeffff00, ppc64le",
        "7f454c4602020100000000000000000000020016, ffffffffffffff00fffffffffffffffffffeffff, s390x",
        "7f454c460201010000000000000000000200f300, ffffffffffffff00fffffffffffffffffeffffff, riscv64",
        "7f454c4602020100000000000000000000020015, ffffffffffffff00fffffffffffffffffffeffff, ppc64",
        "7f454c4602010100000000000000000002000201, ffffffffffffff00fffffffffffffffffeffffff, loongarch64",
    })
    void isForTheArchitectureWhoseProgramsMatch(String magic, String mask, String expected) {
        BinfmtHandler handler = enabled("magic " + magic, "mask " + mask).orElseThrow();
        assertThat(Arrays.stream(Architecture.values()).filter(handler::takes))
                .containsExactly(Stream.of(expected.split(" "))
                        .map(Architecture::valueOf)
                        .toArray(Architecture[]::new));
    }

    @Test
    void bigEndianArmIsNotOurs() {
        BinfmtHandler handler = enabled("magic 7f454c4601020100000000000000000000020028", "mask " + MASK)
                .orElseThrow();
        assertThat(Arrays.stream(Architecture.values()).filter(handler::takes)).isEmpty();
    }

    @Test
    void withoutAMaskEveryByteMatters() {
        BinfmtHandler handler =
                enabled("magic 7f454c460201010000000000000000000200b700").orElseThrow();
        assertThat(handler.takes(Architecture.aarch64)).isFalse(); // not the position-independent ones
    }

    @Test
    void aMagicBehindTheHeaderDoesNotMatch() {
        BinfmtHandler handler = enabled("magic 7f454c460201010000000000000000000200b70001", "mask " + MASK + "ff")
                .orElseThrow();
        assertThat(handler.takes(Architecture.aarch64)).isFalse();
    }

    @Test
    void disabledOnesAndThoseByExtensionAreNone() {
        assertThat(BinfmtHandler.parse(List.of("disabled", "interpreter /q", "flags: F", "offset 0", "magic 7f")))
                .isEmpty();
        assertThat(BinfmtHandler.parse(List.of("enabled", "interpreter /q", "flags: ", "extension .exe")))
                .isEmpty();
    }

    @Test
    void flagsTellWhetherTheInterpreterIsHeldOpen() {
        assertThat(enabled("magic 7f").orElseThrow().interpreterHeldOpen()).isTrue();
        assertThat(BinfmtHandler.parse(List.of("enabled", "interpreter /q", "flags: OC", "offset 0", "magic 7f"))
                        .orElseThrow()
                        .interpreterHeldOpen())
                .isFalse();
    }

    private static Optional<BinfmtHandler> enabled(String... pattern) {
        List<String> lines =
                new ArrayList<>(List.of("enabled", "interpreter /usr/bin/qemu", "flags: POCF", "offset 0"));
        lines.addAll(List.of(pattern));
        return BinfmtHandler.parse(lines);
    }
}
