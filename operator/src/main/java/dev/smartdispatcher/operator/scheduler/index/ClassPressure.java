package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.operator.scheduler.sizing.Pressure;

/** How much the waiting jobs of an equivalence class press on the CPU of its workers. */
final class ClassPressure {
    private long freeMillis;
    private long budgetMillis;
    private long jobs;
    private long onFree;
    private long price;
    private long priceOfOne;
    private double busy;

    /** So much more CPU is free on the workers, and is there at all; millicores. */
    void offered(long free, long budget) {
        freeMillis += free;
        budgetMillis += budget;
        update();
    }

    /** So many more jobs wait that could start if there were room. */
    void pressed(long more) {
        jobs += more;
        update();
    }

    private void update() {
        onFree = Pressure.of(jobs, freeMillis);
        price = Pressure.of(jobs, budgetMillis);
        priceOfOne = Pressure.of(1, budgetMillis);
        busy = budgetMillis == 0 ? 0 : 1 - (double) freeMillis / budgetMillis;
    }

    /** The jobs' pressure on the free CPU of the workers. */
    long onFree() {
        return onFree;
    }

    /** What the jobs add to the price of a core: their pressure on all CPU of the workers, used or free. */
    long price() {
        return price;
    }

    /** What one of the jobs adds to that. */
    long priceOfOne() {
        return priceOfOne;
    }

    /** The part of the workers' CPU that is in use. */
    double busy() {
        return busy;
    }
}
