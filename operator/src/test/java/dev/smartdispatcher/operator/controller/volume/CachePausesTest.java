package dev.smartdispatcher.operator.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.controller.volume.CachePauses.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a cache that cannot be had is tried. */
class CachePausesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Place PLACE = new Place("team-a", "node-7");

    private Instant now = NOON;
    private final CachePauses pauses = new CachePauses(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }
    });

    /** Minutes until the next try, if each fails. */
    private long failAndWait() {
        pauses.failed(PLACE, "no room");
        var since = now;
        while (pauses.of(PLACE).isPresent()) {
            now = now.plus(Duration.ofMinutes(1));
        }
        return Duration.between(since, now).toMinutes();
    }

    @Test
    void pausesDoubleUpToAnHour() {
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            waits.add(failAndWait());
        }
        assertThat(waits).isEqualTo(List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L));
        pauses.worked(PLACE);
        assertThat(failAndWait()).isEqualTo(1);
    }

    @Test
    void whatFailsTogetherCountsOnce() {
        pauses.failed(PLACE, "no room");
        pauses.failed(PLACE, "no class");
        assertThat(pauses.of(PLACE)).hasValue("no room; tried again after 2026-01-01T12:01:00Z");
        assertThat(pauses.of(new Place("team-b", "node-7"))).isEmpty();
        assertThat(pauses.of(new Place("team-a", "node-8"))).isEmpty();
    }
}
