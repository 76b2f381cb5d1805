package dev.smartdispatcher.operator.controller.configmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.controller.configmap.KnownMaps.Known;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class KnownMapsTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final KnownMaps known = new KnownMaps(new Clock() {
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
    void whatIsUsedStaysKnown() {
        known.used("a/lists", "1");
        var first = now;
        now = now.plus(ListSweeper.UNUSED).minusSeconds(1);
        known.used("b/lists", "2");
        assertThat(known.of("a/lists")).contains(new Known("1", first));
        known.used("a/lists", "1");
        now = now.plus(Duration.ofMinutes(30));
        known.used("b/lists", "2");
        assertThat(known.of("a/lists")).isPresent();
    }

    @Test
    void whatNobodyUsesForLongIsForgotten() {
        known.used("a/lists", "1");
        now = now.plus(ListSweeper.UNUSED);
        known.used("b/lists", "2");
        assertThat(known.of("a/lists")).isEmpty();
        assertThat(known.of("b/lists")).isPresent();
    }

    /** Else it would be known for as long as the clock was ahead. */
    @Test
    void soIsWhatWasUsedAtATimeThatIsYetToCome() {
        known.used("a/lists", "1");
        now = now.minus(Duration.ofDays(1));
        known.used("b/lists", "2");
        assertThat(known.of("a/lists")).isEmpty();
    }
}
