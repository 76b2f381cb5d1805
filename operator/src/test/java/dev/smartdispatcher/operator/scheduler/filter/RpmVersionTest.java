package dev.smartdispatcher.operator.scheduler.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmVersionTest {
    /** From the test table of RPM itself (rpmvercmp), and kernels as they are named. */
    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0, 0",
        "1.0, 2.0, -1",
        "2.0.1, 2.0.1a, -1",
        "5.5p10, 5.5p1, 1",
        "10xyz, 10.1xyz, -1",
        "xyz.4, 8, -1",
        "5.5p2, 5.6p1, -1",
        "1.0010, 1.9, 1",
        "1.05, 1.5, 0",
        "1.0, 1, 1",
        "fc4, fc.4, 0",
        "FC5, fc4, -1",
        "2a, 2.0, -1",
        "1.0~rc1, 1.0, -1",
        "1.0~rc1~git123, 1.0~rc1, -1",
        "1.0^, 1.0, 1",
        "1.0^git1, 1.0, 1",
        "1.0^git1, 1.01, -1",
        "6.1.0-18, 6.1.0-9, 1",
        "5.10, 5.9, 1",
    })
    void comparesAsRpmDoes(String left, String right, int expected) {
        assertThat(Integer.signum(RpmVersion.compare(left, right))).isEqualTo(expected);
        assertThat(Integer.signum(RpmVersion.compare(right, left))).isEqualTo(-expected);
    }
}
