package dev.smartdispatcher.e2e.bench.simulate.rules;

/** How much of the farm a tenant uses: its running jobs and their average, which forgets half in four hours. */
final class TenantLoad {
    private static final double HALF_LIFE_SECONDS = 4 * 3600.0;

    private int running;
    private double average;
    private double asOf;

    void started(double now) {
        average(now);
        running++;
    }

    void ended(double now) {
        average(now);
        running--;
    }

    double at(double now) {
        average(now);
        return running + average;
    }

    private void average(double now) {
        average += (running - average) * (1 - Math.pow(2, -(now - asOf) / HALF_LIFE_SECONDS));
        asOf = now;
    }
}
