package dev.smartdispatcher.operator.dispatch.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.dispatch.fleet.Room;
import org.junit.jupiter.api.Test;

class GenerosityTest {
    private static final long MI = 1L << 20;
    private static final Envelope ENVELOPE = new Envelope(1000, 10 * MI, 10 * MI, 0, 1, 16);
    private static final Room BUDGET = new Room(16_000, 1600 * MI, 0, 16);

    @Test
    void aPartOfTheWorkersMemoryIsAsLargeAsThatOfItsCores() {
        assertThat(Generosity.memory(ENVELOPE, 4, BUDGET, 1600 * MI)).isEqualTo(400 * MI);
    }

    @Test
    void noMoreThanIsFreeAndNoLessThanIsAskedFor() {
        assertThat(Generosity.memory(ENVELOPE, 4, BUDGET, 300 * MI + 1)).isEqualTo(300 * MI);
        assertThat(Generosity.memory(ENVELOPE, 4, BUDGET, 20 * MI)).isEqualTo(50 * MI);
        assertThat(Generosity.memory(new Envelope(1000, 900 * MI, 10 * MI, 0, 1, 16), 4, BUDGET, 1600 * MI))
                .isEqualTo(940 * MI);
    }
}
