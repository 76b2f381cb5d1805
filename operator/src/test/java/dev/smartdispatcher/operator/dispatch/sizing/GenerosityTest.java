package dev.smartdispatcher.operator.dispatch.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.dispatch.fleet.Room;
import org.junit.jupiter.api.Test;

class GenerosityTest {
    private static final Envelope ENVELOPE = new Envelope(1000, 10, 10, 0, 1, 16);
    private static final Room BUDGET = new Room(16_000, 1600, 0, 16);

    @Test
    void aPartOfTheWorkersMemoryIsAsLargeAsThatOfItsCores() {
        assertThat(Generosity.memory(ENVELOPE, 4, BUDGET, 1600)).isEqualTo(400);
    }

    @Test
    void noMoreThanIsFreeAndNoLessThanIsAskedFor() {
        assertThat(Generosity.memory(ENVELOPE, 4, BUDGET, 300)).isEqualTo(300);
        assertThat(Generosity.memory(ENVELOPE, 4, BUDGET, 20)).isEqualTo(50);
        assertThat(Generosity.memory(new Envelope(1000, 900, 10, 0, 1, 16), 4, BUDGET, 1600))
                .isEqualTo(940);
    }
}
