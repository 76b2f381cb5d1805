package dev.smartdispatcher.operator.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WatchHealthTest {
    private static final class ManualClock extends Clock {
        private Instant now = Instant.EPOCH;

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
            throw new UnsupportedOperationException();
        }
    }

    private final ManualClock clock = new ManualClock();
    private final WatchHealth health = new WatchHealth(clock);

    @Test
    void aWatchThatHasNotBegunIsBorneUntilABookmarkIsOverdue() {
        assertThat(health.silentForLong("Node", false)).isFalse();
        clock.now = clock.now.plus(WatchHealth.PATIENCE);
        assertThat(health.silentForLong("Node", false)).isFalse();
        clock.now = clock.now.plusMillis(1);
        assertThat(health.silentForLong("Node", false)).isTrue();
        assertThat(health.silentForLong("Pod", false)).as("another kind").isFalse();
    }

    @Test
    void oneThatIsSeenWatchingStartsAnew() {
        health.silentForLong("Node", false);
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        assertThat(health.silentForLong("Node", true)).isFalse();
        assertThat(health.silentForLong("Node", false)).isFalse();
    }
}
