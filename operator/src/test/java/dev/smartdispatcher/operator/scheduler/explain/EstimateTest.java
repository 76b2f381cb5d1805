package dev.smartdispatcher.operator.scheduler.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Estimates that a reader would act on alike, and others. */
class EstimateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest(name = "{0} s and {1} s from now: alike is {2}")
    @CsvSource({
        "0, 60, true",
        "0, 61, false",
        "300, 250, true",
        "300, 400, false",
        "7200, 7900, true",
        "7200, 8100, false",
        "-5000, 0, true",
        "0, -5000, true",
        "-5000, 61, false",
        ", 10, false",
        "10, , false",
        ", , true"
    })
    void isAbout(Integer published, Integer found, boolean alike) {
        assertThat(Estimate.isAbout(in(published), in(found), NOW)).isEqualTo(alike);
    }

    private static Optional<Instant> in(Integer seconds) {
        return Optional.ofNullable(seconds).map(NOW::plusSeconds);
    }
}
