package dev.smartdispatcher.e2e.bench.simulate.report;

/** Quantiles by the nearest rank. */
final class Quantile {
    private Quantile() {}

    /** The smallest value that at least this part of them does not exceed; 0 of none. */
    static double of(double[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }
}
