package dev.smartdispatcher.operator.scheduler.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.scheduler.model.Room;
import org.junit.jupiter.api.Test;

class DefaultMemoryTest {
    private static final long MI = 1L << 20;
    private static final Envelope ENVELOPE = new Envelope(1000, 10 * MI, 10 * MI, 0, 1, 16);
    private static final Room BUDGET = new Room(16_000, 1600 * MI, 0, 16);

    @Test
    void aPartOfTheWorkersMemoryIsAsLargeAsThatOfItsCores() {
        assertThat(DefaultMemory.memory(ENVELOPE, 4, BUDGET, 1600 * MI)).isEqualTo(400 * MI);
    }

    @Test
    void noMoreThanIsFreeAndNoLessThanIsAskedFor() {
        assertThat(DefaultMemory.memory(ENVELOPE, 4, BUDGET, 300 * MI + 1)).isEqualTo(300 * MI);
        assertThat(DefaultMemory.memory(ENVELOPE, 4, BUDGET, 20 * MI)).isEqualTo(50 * MI);
        assertThat(DefaultMemory.memory(new Envelope(1000, 900 * MI, 10 * MI, 0, 1, 16), 4, BUDGET, 1600 * MI))
                .isEqualTo(940 * MI);
    }
}
