package dev.smartdispatcher.operator.scheduler.fairshare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration HALF_LIFE = Duration.ofHours(4);

    @Test
    void halfIsForgottenEachHalfLife() {
        var used = new Usage(1000, NOW).at(NOW.plus(HALF_LIFE.multipliedBy(2)), 0, HALF_LIFE);
        assertThat(used.cpuSeconds()).isCloseTo(250, within(1e-9));
    }

    @Test
    void whatIsAllocatedCountsAsItGoes() {
        var used = new Usage(0, NOW).at(NOW.plusSeconds(10), 2000, HALF_LIFE);
        // A little less than twenty: some of it is forgotten already.
        assertThat(used.cpuSeconds()).isBetween(19.9, 20.0);
    }

    @Test
    void severalStepsAreAsOne() {
        var once = new Usage(500, NOW).at(NOW.plusSeconds(7200), 3000, HALF_LIFE);
        var twice = new Usage(500, NOW)
                .at(NOW.plusSeconds(100), 3000, HALF_LIFE)
                .at(NOW.plusSeconds(7200), 3000, HALF_LIFE);
        assertThat(twice.cpuSeconds()).isCloseTo(once.cpuSeconds(), within(1e-6));
    }

    @Test
    void aClockThatGoesBackMakesNoTimePass() {
        var used = new Usage(1000, NOW).at(NOW.minusSeconds(3600), 8000, HALF_LIFE);
        assertThat(used).isEqualTo(new Usage(1000, NOW.minusSeconds(3600)));
    }

    @Test
    void aClockThatLeapsForgetsButIsNeverBelowNothing() {
        var used = new Usage(1000, NOW).at(NOW.plus(Duration.ofDays(100_000)), 0, HALF_LIFE);
        assertThat(used.cpuSeconds()).isBetween(0.0, 1e-6);
    }

    @Test
    void nonsenseIsNothing() {
        assertThat(new Usage(-5, NOW).cpuSeconds()).isZero();
        assertThat(new Usage(Double.NaN, NOW).cpuSeconds()).isZero();
    }

    @Test
    void whoRunsSteadilyHasThatLoadAndAMeanOfTheSame() {
        var shares = new Shares(HALF_LIFE, Map.of("half", new Share(2, 10)));
        var used = new Usage(0, NOW).at(NOW.plus(Duration.ofDays(30)), 4000, HALF_LIFE);
        assertThat(shares.load("whole", 4000, used.cpuSeconds())).isCloseTo(8000, within(1e-6));
        assertThat(shares.load("half", 4000, used.cpuSeconds())).isCloseTo(4000, within(1e-6));
    }
}
