package dev.smartdispatcher.operator.controller.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WriteThrottleTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final WriteThrottle throttle = new WriteThrottle(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void countsFromTheFirstDifferenceHoweverOftenItIsLookedAt() {
        assertThat(throttle.left("w")).isEqualTo(WriteThrottle.LONGEST);
        now = now.plusSeconds(2);
        assertThat(throttle.left("w")).isEqualTo(WriteThrottle.LONGEST.minusSeconds(2));
        now = now.plus(WriteThrottle.LONGEST);
        assertThat(throttle.left("w")).isEqualTo(Duration.ZERO);
    }

    @Test
    void beginsAnewOnceTheAmountsWereTrue() {
        throttle.left("w");
        now = now.plus(WriteThrottle.LONGEST);
        throttle.none("w");
        assertThat(throttle.left("w")).isEqualTo(WriteThrottle.LONGEST);
    }

    @Test
    void aClockThatIsSetBackDoesNotProlongIt() {
        throttle.left("w");
        now = now.minusSeconds(3600);
        assertThat(throttle.left("w")).isEqualTo(WriteThrottle.LONGEST);
        now = now.plus(WriteThrottle.LONGEST);
        assertThat(throttle.left("w")).isEqualTo(Duration.ZERO);
    }

    @Test
    void isEachWorkersOwn() {
        throttle.left("w");
        now = now.plus(WriteThrottle.LONGEST);
        assertThat(throttle.left("v")).isEqualTo(WriteThrottle.LONGEST);
    }
}
