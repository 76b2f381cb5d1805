package dev.smartdispatcher.operator.health;

/**
 * What one attempt adds to what speaks against its worker.
 *
 * @param quick log-likelihood ratio of "kills builds at once"
 * @param flaky log-likelihood ratio of "spoils builds at any time"
 */
record Weight(double quick, double flaky) {
    static final Weight NONE = new Weight(0, 0);
    /** A success: four in five would not have come this far, and one in two not succeeded. */
    static final Weight SUCCESS = new Weight(Math.log(0.2), Math.log(0.5));

    private static final double KILLS = 0.8;
    private static final double SPOILS = 0.5;
    private static final double RAREST = 0.01;
    /** However rare it is: no single failure convicts a worker. */
    private static final double RAREST_QUICK = 0.02;

    private static final double SUREST = 0.98;

    /**
     * A failure.
     *
     * @param rate how probably the package fails now on a worker that works
     * @param share part of the failures on workers that work that come as this one did
     * @param quick whether this one did
     */
    static Weight failure(double rate, double share, boolean quick) {
        double q = Math.max(RAREST, Math.min(SUREST, rate));
        double x = Math.max(RAREST_QUICK, q * share);
        return new Weight(quick ? ratio(x, KILLS) : 0, ratio(q, SPOILS));
    }

    /** Of a failure that has this probability anyway, if the worker also does this to builds. */
    private static double ratio(double anyway, double fault) {
        return Math.log((anyway + (1 - anyway) * fault) / anyway);
    }

    double strength() {
        return Math.max(quick, flaky);
    }
}
