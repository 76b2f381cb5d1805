package dev.smartdispatcher.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.ManualClock;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final ManualClock clock = new ManualClock();
    private final Pulse pulse = new Pulse(clock);

    @Test
    void isAliveFromTheStartAndReadyWhenItHasPublished() {
        assertThat(pulse.isAlive()).isTrue();
        assertThat(pulse.isReady()).isFalse();
        pulse.published();
        assertThat(pulse.isReady()).isTrue();
    }

    @Test
    void isNeitherAfterThreeMinutesOfSilence() {
        pulse.published();
        clock.advanceSeconds(179);
        assertThat(pulse.isAlive()).isTrue();
        assertThat(pulse.isReady()).isTrue();
        clock.advanceSeconds(1);
        assertThat(pulse.isAlive()).isFalse();
        assertThat(pulse.isReady()).isFalse();
        pulse.beaten();
        assertThat(pulse.isAlive()).isTrue();
    }

    @Test
    void aFailureThatPassesIsBorneAndOneThatLastsIsNot() {
        pulse.published();
        pulse.failed("no answer", false);
        assertThat(pulse.isReady()).isTrue();
        pulse.failed("forbidden", true);
        assertThat(pulse.isReady()).isFalse();
        assertThat(pulse.whyNotReady()).endsWith("of late: forbidden");
        pulse.published();
        assertThat(pulse.isReady()).isTrue();
        assertThat(pulse.whyNotReady()).endsWith("of late");
    }
}
