package dev.smartdispatcher.operator.reconcile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LagTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Lag lag = new Lag(new Clock() {
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
        assertThat(lag.left("w")).isEqualTo(Lag.LONGEST);
        now = now.plusSeconds(2);
        assertThat(lag.left("w")).isEqualTo(Lag.LONGEST.minusSeconds(2));
        now = now.plus(Lag.LONGEST);
        assertThat(lag.left("w")).isEqualTo(Duration.ZERO);
    }

    @Test
    void beginsAnewOnceTheAmountsWereTrue() {
        lag.left("w");
        now = now.plus(Lag.LONGEST);
        lag.none("w");
        assertThat(lag.left("w")).isEqualTo(Lag.LONGEST);
    }

    @Test
    void aClockThatIsSetBackDoesNotProlongIt() {
        lag.left("w");
        now = now.minusSeconds(3600);
        assertThat(lag.left("w")).isEqualTo(Lag.LONGEST);
        now = now.plus(Lag.LONGEST);
        assertThat(lag.left("w")).isEqualTo(Duration.ZERO);
    }

    @Test
    void isEachWorkersOwn() {
        lag.left("w");
        now = now.plus(Lag.LONGEST);
        assertThat(lag.left("v")).isEqualTo(Lag.LONGEST);
    }
}
