package dev.smartdispatcher.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeedsTest {
    private static List<Integer> numbers(Random random) {
        var numbers = new ArrayList<Integer>();
        for (int i = random.nextInt(50); i > 0; i--) {
            numbers.add(random.nextInt(1000));
        }
        return numbers;
    }

    @Test
    void theSameCasesAreTriedInEveryRun() {
        var first = new ArrayList<List<Integer>>();
        var second = new ArrayList<List<Integer>>();
        Seeds.check(20, random -> first.add(numbers(random)));
        Seeds.check(20, random -> second.add(numbers(random)));
        assertThat(second).isEqualTo(first);
        assertThat(first).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
    }

    @Test
    void theCaseThatFailsIsToldWithItsSeedAsSmallAsItGets() {
        assertThatThrownBy(() -> Seeds.check(100, random -> {
                    var numbers = numbers(random);
                    assertThat(numbers).as(numbers + "").allMatch(n -> n < 700);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)seed \\d+ \\(-Dseed=\\d+\\), shrunk to 2 random choices: \\[\\[\\d+\\]\\].*");
    }

    @Test
    void aShrunkCaseFailsInTheSameWay() {
        assertThatThrownBy(() -> Seeds.check(1, random -> {
                    int size = numbers(random).size();
                    if (size == 0) {
                        throw new IllegalStateException("another failure");
                    }
                    throw new IllegalArgumentException("size " + size);
                }))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size 1");
    }

    @Test
    void aCaseThatWouldNeverEndIsNoSmallerOne() {
        assertThatThrownBy(() -> Seeds.check(1, random -> {
                    while (random.nextInt() == 0) {
                        // Zeros follow the last choice.
                    }
                    throw new IllegalStateException("fails");
                }))
                .hasMessageContaining("shrunk to 1 random choices: fails");
    }
}
