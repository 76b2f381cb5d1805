package dev.smartdispatcher.operator.health;

/**
 * What past attempts of a package say of it: its failures that are not put down to a worker.
 *
 * @param runs number of attempts, those of long ago for less
 * @param failures the failed ones of them
 * @param seconds that it usually takes when it succeeds; 0 if it never did
 */
record PackageRecord(double runs, double failures, double seconds) {
    static final PackageRecord NEW = new PackageRecord(0, 0, 0);

    /** What the past counts after one more run: some 14 runs are remembered. */
    private static final double DECAY = 0.93;
    /** How many runs the failure rate of all packages is worth beside the package's own. */
    private static final double PRIOR = 4;
    /** Share of the latest success in the usual time. */
    private static final double LATEST = 0.2;

    private static final double SHORTEST_SECONDS = 10;
    private static final double SHORT_PART = 0.1;

    PackageRecord succeeded(double ran) {
        return new PackageRecord(
                runs * DECAY + 1, failures * DECAY, seconds == 0 ? ran : seconds + LATEST * (ran - seconds));
    }

    PackageRecord failed() {
        return new PackageRecord(runs * DECAY + 1, failures * DECAY + 1, seconds);
    }

    /** How probably it fails on a worker that works: the mean of the beta-binomial with all packages as its prior. */
    double failureRate(double fleetRate) {
        return (PRIOR * fleetRate + failures) / (PRIOR + runs);
    }

    /** Whether a failure after so many seconds came at once. */
    boolean isQuick(double ran) {
        return ran < Math.max(SHORTEST_SECONDS, SHORT_PART * seconds);
    }
}
