package dev.smartdispatcher.operator.health;

/**
 * How attempts fare on all workers: how often packages fail, how many of the failures come at once, and how it is just now.
 *
 * @param runs attempts of which failures are not put down to a worker, those of long ago for less
 * @param failures the failed ones of them
 * @param quickShare part of the failures in which the build failed at once
 * @param deadShare part of the failures in which the container did not start, or was killed for no known reason
 * @param recent mean outcome of the latest attempts, 1 for a failure; each counts a fiftieth of all before
 * @param count attempts so far
 */
record FleetRecord(double runs, double failures, double quickShare, double deadShare, double recent, long count) {
    /** Before anything is known: one attempt in ten fails, and a third of them at once. */
    private static final double PRIOR_RATE = 0.1;

    private static final double PRIOR_RUNS = 10;
    private static final double PRIOR_QUICK = 0.35;
    private static final double PRIOR_DEAD = 0.25;
    private static final double DECAY = 0.999;
    /** Share of the latest attempt in {@link #recent}. */
    private static final double LATEST = 0.02;

    private static final double LATEST_SHARE = 0.05;
    private static final double OUTAGE_RATE = 0.3;
    private static final double OUTAGE_FACTOR = 2;
    /** Of the weight of {@link #recent}: what others than one worker must have said at least. */
    private static final double LEAST_OF_OTHERS = 0.05;

    static final FleetRecord NEW = new FleetRecord(0, 0, PRIOR_QUICK, PRIOR_DEAD, PRIOR_RATE, 0);

    /**
     * What one worker had to say of {@link #recent}, as of a number of attempts.
     *
     * @param weight of its attempts in the mean
     * @param failed of those that failed
     */
    record Share(double weight, double failed, long count) {
        static final Share NONE = new Share(0, 0, 0);

        private Share at(long now) {
            double faded = Math.pow(1 - LATEST, now - count);
            return new Share(weight * faded, failed * faded, now);
        }

        /** With one more attempt, the latest of all. */
        Share with(boolean failure, FleetRecord after) {
            var before = at(after.count);
            return new Share(before.weight + LATEST, before.failed + (failure ? LATEST : 0), after.count);
        }
    }

    /** One more attempt has ended somewhere. */
    FleetRecord ended(boolean failure) {
        return new FleetRecord(
                runs, failures, quickShare, deadShare, recent + LATEST * ((failure ? 1 : 0) - recent), count + 1);
    }

    /** An attempt counts for its package, and so for all. */
    FleetRecord counted(boolean failure) {
        return new FleetRecord(
                runs * DECAY + 1, failures * DECAY + (failure ? 1 : 0), quickShare, deadShare, recent, count);
    }

    /** A failure came in some way. */
    FleetRecord failed(Verdict verdict, boolean quick) {
        boolean dead = verdict == Verdict.Died;
        return new FleetRecord(
                runs,
                failures,
                quickShare + LATEST_SHARE * ((quick && !dead ? 1 : 0) - quickShare),
                deadShare + LATEST_SHARE * ((dead ? 1 : 0) - deadShare),
                recent,
                count);
    }

    /** Which part of failures on workers that work came as this one. */
    double share(Verdict verdict) {
        return verdict == Verdict.Died ? deadShare : quickShare;
    }

    /** How often an attempt of any package fails. */
    double rate() {
        return (PRIOR_RUNS * PRIOR_RATE + failures) / (PRIOR_RUNS + runs);
    }

    /** Whether attempts fail far more often than usual on all workers but one. */
    boolean isOutage(Share own) {
        return elsewhere(own) > Math.max(OUTAGE_RATE, OUTAGE_FACTOR * rate());
    }

    /** How often attempts fail just now on all workers but one. */
    double elsewhere(Share own) {
        var share = own.at(count);
        double others = 1 - share.weight;
        return others < LEAST_OF_OTHERS ? rate() : Math.max(0, (recent - share.failed) / others);
    }
}
