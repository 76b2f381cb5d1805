package dev.smartdispatcher.operator.testing;

import java.util.Arrays;
import java.util.Optional;

/**
 * Makes a case that fails smaller by its random choices alone: it leaves some out, then makes some zero, then halves them, as
 * Hypothesis does, and so needs no knowledge of what is made from them.
 */
final class Shrinking {
    private static final int MOST_RUNS = 1000;

    private final Seeds.Property property;
    private Failure least;
    private int runs;

    private Shrinking(Seeds.Property property, Failure first) {
        this.property = property;
        this.least = first;
    }

    /** The choices with which the property failed, and how. */
    record Failure(int[] choices, Throwable failure) {}

    private interface Change {
        /** The choices with those from a place on, as many as said, made less. */
        int[] at(int[] choices, int from, int number);
    }

    static Failure of(Seeds.Property property, int[] choices, Throwable failure) {
        var shrinking = new Shrinking(property, new Failure(choices, failure));
        int[] before;
        do {
            before = shrinking.least.choices();
            shrinking.eachPart(Shrinking::without);
            shrinking.eachPart(Shrinking::zeroed);
            shrinking.each(1, Shrinking::halved);
        } while (before != shrinking.least.choices() && shrinking.runs < MOST_RUNS);
        return shrinking.least;
    }

    /** First halves, then quarters, down to single choices. */
    private void eachPart(Change change) {
        for (int number = least.choices().length; number > 0; number /= 2) {
            each(number, change);
        }
    }

    private void each(int number, Change change) {
        for (int from = 0; from < least.choices().length && runs < MOST_RUNS; ) {
            var fewer = change.at(least.choices(), from, Math.min(number, least.choices().length - from));
            var failure = Arrays.equals(fewer, least.choices()) ? Optional.<Failure>empty() : run(fewer);
            if (failure.isPresent()) {
                least = failure.get();
            } else {
                from += number;
            }
        }
    }

    private Optional<Failure> run(int[] choices) {
        runs++;
        try {
            property.check(Choices.again(choices));
        } catch (Exception | AssertionError failure) {
            if (failure.getClass().equals(least.failure().getClass())) {
                return Optional.of(new Failure(choices, failure));
            }
        }
        return Optional.empty();
    }

    private static int[] without(int[] choices, int from, int number) {
        var fewer = new int[choices.length - number];
        System.arraycopy(choices, 0, fewer, 0, from);
        System.arraycopy(choices, from + number, fewer, from, fewer.length - from);
        return fewer;
    }

    private static int[] zeroed(int[] choices, int from, int number) {
        var zeroed = choices.clone();
        Arrays.fill(zeroed, from, from + number, 0);
        return zeroed;
    }

    private static int[] halved(int[] choices, int from, int number) {
        var halved = choices.clone();
        for (int i = from; i < from + number; i++) {
            halved[i] >>>= 1;
        }
        return halved;
    }
}
