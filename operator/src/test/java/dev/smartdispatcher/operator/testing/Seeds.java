package dev.smartdispatcher.operator.testing;

import java.util.Random;
import org.opentest4j.AssertionFailedError;

/**
 * Runs a property on random cases, each made from a seed, the same in every run. {@code -Dseeds=N} tries N of them in place of the
 * property's own number; {@code -Dseed=S} tries that one alone. The case that fails is shrunk: the property is run again with fewer
 * and smaller random choices, for as long as it fails in the same way.
 */
public final class Seeds {
    private static final int GIVEN = Integer.getInteger("seeds", 0);
    private static final Long ONLY = Long.getLong("seed");

    private Seeds() {}

    /** What holds for every case that is made from random choices; it throws if it does not. */
    @FunctionalInterface
    public interface Property {
        void check(Random random) throws Exception;
    }

    /** Checks the property on as many cases; throws an error with the seed and the failure of the shrunk case. */
    public static void check(int tries, Property property) {
        if (ONLY != null) {
            check(ONLY, property);
            return;
        }
        for (long seed = 1; seed <= (GIVEN > 0 ? GIVEN : tries); seed++) {
            check(seed, property);
        }
    }

    private static void check(long seed, Property property) {
        var choices = Choices.of(seed);
        try {
            property.check(choices);
        } catch (Exception | AssertionError failure) {
            throw failed(seed, Shrinking.of(property, choices.made(), failure));
        }
    }

    private static AssertionFailedError failed(long seed, Shrinking.Failure least) {
        return new AssertionFailedError(
                "seed " + seed + " (-Dseed=" + seed + "), shrunk to " + least.choices().length + " random choices: "
                        + least.failure().getMessage(),
                least.failure());
    }
}
