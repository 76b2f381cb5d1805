package dev.smartdispatcher.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void doublesUpToHalfAMinute() {
        BackOff backOff = new BackOff(() -> Long.MIN_VALUE); // nextDouble is 0.5: neither more nor less
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(backOff::after).map(Duration::toMillis))
                .containsExactly(1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L, 30_000L);
        assertThat(backOff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void variesByAFifth() {
        assertThat(new BackOff(() -> 0L).after(1)).isEqualTo(Duration.ofMillis(800));
        assertThat(new BackOff(() -> -1L).after(1)).isEqualTo(Duration.ofMillis(1200));
    }
}
