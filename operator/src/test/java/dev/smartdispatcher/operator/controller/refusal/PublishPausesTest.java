package dev.smartdispatcher.operator.controller.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PublishPausesTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final PublishPauses pauses = new PublishPauses();

    /** A status that can never be written, looked at five times a second for an hour. */
    @Test
    void whatIsRefusedForEverIsTriedEverLess() {
        int tries = 0;
        for (var now = START; now.isBefore(START.plus(Duration.ofHours(1))); now = now.plusMillis(200)) {
            if (!pauses.holds("a", "" + tries, now)) {
                tries++;
                pauses.refused("a", now);
            }
        }
        assertThat(tries).isBetween(30, 36);
    }

    @Test
    void whatWasOvertakenWaitsForAnotherVersion() {
        pauses.overtaken("a", "7", START);
        assertThat(pauses.holds("a", "7", START.plusSeconds(4))).isTrue();
        assertThat(pauses.holds("a", "8", START)).isFalse();
        assertThat(pauses.holds("a", "7", START.plusSeconds(5))).isFalse();
    }

    @Test
    void whoWasToldIsToldAgainAtOnce() {
        pauses.refused("a", START);
        pauses.published("a");
        assertThat(pauses.holds("a", "1", START)).isFalse();
        pauses.refused("a", START);
        pauses.keepOnly(uid -> false);
        assertThat(pauses.holds("a", "1", START)).isFalse();
    }
}
