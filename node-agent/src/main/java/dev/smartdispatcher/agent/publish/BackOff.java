package dev.smartdispatcher.agent.publish;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: 1 s, then twice as long each time up to 30 s, a fifth more or less by chance,
 * so that the agents of a farm do not come back all at once.
 */
public final class BackOff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 30_000;
    private static final double SPREAD = 0.2;

    private final RandomGenerator random;

    public BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** The wait after this many failures in a row, at least one. */
    Duration after(int failures) {
        int doublings = Math.min(failures - 1, 5);
        long millis = Math.min(LONGEST_MILLIS, FIRST_MILLIS << doublings);
        return Duration.ofMillis(Math.round(millis * (1 + SPREAD * (2 * random.nextDouble() - 1))));
    }
}
