package dev.smartdispatcher.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"zlib, zlb, 1", "farm, fram, 1", "a, '', 1", "gcc-14, gcc-14, 0", "kitten, sitting, 3"})
    void distanceCountsWhatWasTypedWrong(String name, String typed, int distance) {
        assertThat(Nearest.distance(typed, name)).isEqualTo(distance);
        assertThat(Nearest.distance(name, typed)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({"zlb, zlib", "zlib-armv7l-71, zlib-armv7l-17", "armv7l, zlib-armv7l-17", "glibc, ", "x, "})
    void theNearestIsOfferedIfItIsNear(String typed, String offered) {
        assertThat(Nearest.of(typed, List.of("zlib", "zlib-armv7l-17", "binutils")))
                .isEqualTo(Optional.ofNullable(offered));
    }
}
