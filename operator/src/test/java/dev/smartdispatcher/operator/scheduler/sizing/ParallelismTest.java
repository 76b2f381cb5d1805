package dev.smartdispatcher.operator.scheduler.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.smartdispatcher.operator.scheduler.model.Room;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelismTest {
    private static final long GI = 1L << 30;

    /** N over a grid of loads: free cores, free memory, fair share of CPU, and the N that follows. */
    /** A fifth is serial: at a price of one waiting job for each core the best N is 2. */
    private static final WorkEstimate EFFORT = new WorkEstimate(300, 0.2);

    @ParameterizedTest
    @CsvSource({
        // free cores, free GiB, share in cores, price, min, max, N
        "16, 64, 16.0, 0, 1, 64, 16",
        "16, 64, 1.6, 0, 1, 64, 2",
        "16, 64, 1.4, 0, 1, 64, 1",
        "16, 64, 16.0, 0.25, 1, 64, 4",
        "16, 64, 3.0, 0.25, 1, 64, 3",
        "16, 64, 0.1, 1, 1, 64, 2",
        "16, 64, 0.1, 4, 1, 64, 1",
        "1, 64, 0.1, 1, 1, 64, 1",
        "16, 64, 0.1, 1, 4, 64, 4",
        "16, 64, 16.0, 0, 1, 8, 8",
        "16, 6, 16.0, 0, 1, 64, 5",
        "16, 2, 16.0, 0, 1, 64, 1",
        "16, 1, 16.0, 0, 1, 64, 0",
        "3, 64, 3.0, 0, 4, 64, 0",
        "0, 64, 0.0, 0, 1, 64, 0",
    })
    void nFollowsRoomAndLoad(int cores, int gib, double share, double price, int least, int most, int expected) {
        // 1 GiB and 1 GiB more for each process
        var envelope = new Envelope(1000, GI, GI, 0, least, most);
        var free = new Room(cores * 1000L, gib * GI, 0, 1);
        assertThat(Parallelism.parallelism(envelope, EFFORT, free, share * 1000, price))
                .isEqualTo(expected);
    }

    @Test
    void theMoreIsSerialTheFewerProcessesAreWorthIt() {
        var envelope = new Envelope(1000, 0, 0, 0, 1, 64);
        var free = new Room(64_000, 0, 0, 1);
        assertThat(Parallelism.parallelism(envelope, new WorkEstimate(300, 0.5), free, 64_000, 0.25))
                .isEqualTo(2);
        assertThat(Parallelism.parallelism(envelope, new WorkEstimate(300, 0.01), free, 64_000, 0.25))
                .isEqualTo(20);
        assertThat(Parallelism.parallelism(envelope, new WorkEstimate(300, 0), free, 64_000, 0.25))
                .isEqualTo(64);
        assertThat(Parallelism.parallelism(envelope, new WorkEstimate(300, 1), free, 64_000, 0.25))
                .isEqualTo(1);
    }

    @Test
    void aCoreCostsWhatOthersWaitAndWhatIsInUse() {
        assertThat(Parallelism.price(0, 0)).isZero();
        assertThat(Parallelism.price(-1, 0)).isZero();
        assertThat(Parallelism.price(Pressure.of(32, 16_000), 0)).isCloseTo(2, offset(1e-4));
        assertThat(Parallelism.price(0, 1)).isPositive();
    }

    @Test
    void halfCoresForAProcessAllowTwiceAsMany() {
        var envelope = new Envelope(500, 0, 0, 0, 1, 64);
        assertThat(Parallelism.parallelism(envelope, EFFORT, new Room(4000, 0, 0, 1), 4000, 0))
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
