package dev.smartdispatcher.operator.health;

import java.util.List;

/**
 * What speaks against a worker now: two cumulated log-likelihood ratios (CUSUM), each of a fault against a worker that works.
 *
 * @param quick that it kills four builds in five at once
 * @param flaky that it spoils every second build, at any time
 * @param evidence the failures behind it, the latest last
 */
public record Suspicion(double quick, double flaky, List<String> evidence) {
    public static final Suspicion NONE = new Suspicion(0, 0, List.of());
    /** From here on a worker is suspect. */
    public static final double SUSPECT = 2;
    /** From here on it is quarantined: by Wald's bound, e^-7 = 0.09 % of the times that suspicion begins on a worker that works. */
    public static final double GUILTY = 7;

    /** Two failures may be of one cause that hits all workers, one after the other. */
    private static final int LEAST_FAILURES = 3;

    /** The stronger of the two. */
    public double strength() {
        return Math.max(quick, flaky);
    }

    public boolean isSuspect() {
        return strength() >= SUSPECT;
    }

    public boolean isGuilty() {
        return strength() >= GUILTY && evidence.size() >= LEAST_FAILURES;
    }

    /** Which fault it looks like. */
    public Fault fault() {
        return quick >= flaky ? Fault.quick : Fault.flaky;
    }

    /** As metrics spell it. */
    public enum Fault {
        quick,
        flaky
    }
}
