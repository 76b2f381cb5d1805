package dev.smartdispatcher.e2e.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which requests are disturbed. */
class FaultDiceTest {
    @Test
    void oneSeedGivesOneRow() {
        assertThat(row(7)).isEqualTo(row(7)).isNotEqualTo(row(8));
    }

    @Test
    void shareIsKeptAndEveryFaultComes() {
        var dice = new FaultDice(1);
        dice.share(0.5);
        var faults = IntStream.range(0, 2000).mapToObj(i -> dice.ofWrite()).toList();
        assertThat(faults.stream().filter(fault -> fault != RequestFault.NONE).count())
                .isBetween(900L, 1100L);
        assertThat(EnumSet.copyOf(faults))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(RequestFault.LAGGING, RequestFault.CUT)));
    }

    @Test
    void nothingIsDisturbedUntilItIsSaid() {
        var dice = new FaultDice(1);
        assertThat(IntStream.range(0, 100).mapToObj(i -> dice.ofWatch())).containsOnly(RequestFault.NONE);
    }

    private static Object row(long seed) {
        var dice = new FaultDice(seed);
        dice.share(0.5);
        return IntStream.range(0, 50).mapToObj(i -> dice.ofWrite()).toList();
    }
}
