package dev.smartdispatcher.operator.scheduler.sizing;

import dev.smartdispatcher.api.job.demand.Expense;

/**
 * How much work a build is: what is known of earlier builds, else a guess from the packager's mark.
 *
 * @param coreSeconds run time with one make job on a worker of ordinary speed; positive
 * @param serial part of it that does not become shorter with more make jobs, by Amdahl's law; from 0 to 1
 * @param spread standard deviation of the logarithm of the run time as these two predict it; not negative
 */
public record WorkEstimate(double coreSeconds, double serial, double spread) {
    /** Standard deviations below which nine of ten values of a normal distribution are. */
    private static final double NINE_OF_TEN = 1.3;

    private static final WorkEstimate LIGHT = new WorkEstimate(60, 0.3);
    private static final WorkEstimate NORMAL = new WorkEstimate(100, 0.14);
    private static final WorkEstimate HEAVY = new WorkEstimate(15_000, 0.1);

    public WorkEstimate {
        if (!(coreSeconds > 0) || !(serial >= 0 && serial <= 1) || !(spread >= 0)) {
            throw new IllegalArgumentException(
                    "no effort: " + coreSeconds + " s, of which serial " + serial + ", spread " + spread);
        }
    }

    /** Of a build that takes as long as the numbers say. */
    public WorkEstimate(double coreSeconds, double serial) {
        this(coreSeconds, serial, 0);
    }

    /**
     * Seconds in which nine of ten such builds end.
     *
     * @param parallelism N
     * @param slowness of the worker in the mode, 1 for an ordinary one: see {@code Score#slowness}
     */
    public double likelySeconds(int parallelism, double slowness) {
        return coreSeconds * (serial + (1 - serial) / parallelism) * slowness * Math.exp(NINE_OF_TEN * spread);
    }

    /** Seconds that nine of ten such builds take at least. */
    public double shortSeconds(int parallelism, double slowness) {
        return likelySeconds(parallelism, slowness) * Math.exp(-2 * NINE_OF_TEN * spread);
    }

    /**
     * The guess where nothing is known: minutes of one core, or hours. Most builds that nobody marks are short; and those that
     * are not should not begin last. Larger builds are more parallel. How the guesses were chosen is in docs/simulator.md.
     */
    public static WorkEstimate guess(Expense expense) {
        return switch (expense) {
            case Light -> LIGHT;
            case Normal -> NORMAL;
            case Heavy -> HEAVY;
        };
    }
}
