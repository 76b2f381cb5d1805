package dev.smartdispatcher.operator.dispatch.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.operator.dispatch.fleet.Room;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {
    private static final long GI = 1L << 30;

    /** N over a grid of loads: free cores, free memory, fair share of CPU, and the N that follows. */
    @ParameterizedTest
    @CsvSource({
        // free cores, free GiB, share in cores, min, max, N
        "16, 64, 16.0, 1, 64, 16",
        "16, 64, 1.6, 1, 64, 2",
        "16, 64, 1.4, 1, 64, 1",
        "16, 64, 0.1, 1, 64, 1",
        "16, 64, 0.1, 4, 64, 4",
        "16, 64, 16.0, 1, 8, 8",
        "16, 6, 16.0, 1, 64, 5",
        "16, 2, 16.0, 1, 64, 1",
        "16, 1, 16.0, 1, 64, 0",
        "3, 64, 3.0, 4, 64, 0",
        "0, 64, 0.0, 1, 64, 0",
    })
    void nFollowsRoomAndLoad(int cores, int gib, double share, int least, int most, int expected) {
        // 1 GiB and 1 GiB more for each process
        var envelope = new Envelope(1000, GI, GI, 0, least, most);
        assertThat(Sizing.processes(envelope, new Room(cores * 1000L, gib * GI, 0, 1), share * 1000))
                .isEqualTo(expected);
    }

    @Test
    void halfCoresForAProcessAllowTwiceAsMany() {
        assertThat(Sizing.processes(new Envelope(500, 0, 0, 0, 1, 64), new Room(4000, 0, 0, 1), 4000))
                .isEqualTo(8);
    }

    @Test
    void diskAndJobCountAreAllOrNothing() {
        var envelope = new Envelope(1000, 0, 0, 10, 1, 64);
        assertThat(envelope.largestIn(new Room(4000, 0, 9, 1))).isZero();
        assertThat(envelope.largestIn(new Room(4000, 0, 10, 0))).isZero();
        assertThat(envelope.largestIn(new Room(4000, 0, 10, 1))).isEqualTo(4);
    }

    @Test
    void anImpossibleEnvelopeIsRefused() {
        assertThatThrownBy(() -> new Envelope(0, 0, 0, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Envelope(1, 0, 0, 0, 2, 1)).hasMessageContaining("N from 2 to 1");
    }
}
