package dev.smartdispatcher.operator.scheduler.score;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;

/**
 * Which of the workers with room a job is given. One on which an attempt of it has failed only if there is no other: whatever
 * is wrong with it may be wrong still. Of the rest two numbers decide, of which the smaller is the
 * better and the first decides first; then comes the tightest fit by CPU, then the worker's name. First the least cost: the time
 * that the job takes there, less if the worker keeps something for it, and what its cores cost those who wait meanwhile. Of equal ones heavy jobs take the stronger worker
 * and normal ones the weaker.
 * Light ones: the least penalty, counted as that time, then the weakest worker, so that strong ones stay free.
 */
public final class Score {
    /**
     * Of the workers on which a job can start so many are compared, as kube-scheduler scores a part of the nodes: the fastest
     * for it; for light jobs those with the least penalty, the slowest of them first. Equally fast ones count by name.
     */
    public static final int ENOUGH = 400;

    /**
     * Bits of a number's mantissa that count. The leading bits of a positive floating-point number grow like its logarithm:
     * three of them make eight steps for each doubling, so that costs within about a tenth of each other count as equal and
     * packing may decide. A logarithm would take as long as all the rest of a comparison.
     */
    private static final int STEP_BITS = 3;

    private static final double PERCENT = 100;
    private static final int MANTISSA_BITS = 52;
    /** A bound stays one although it is calculated in another order. */
    private static final double ROUNDING = 1 - 1e-9;

    private Score() {}

    /**
     * How slow a worker is for a job in a mode: the penalty in percent for each unit of speed.
     *
     * @param penaltyPercent of the mode, in percent of the native time
     * @param speed of the worker, see {@link Worker#speed}
     */
    public static double slowness(int penaltyPercent, int speed) {
        return (double) penaltyPercent / speed;
    }

    /**
     * The number that decides first.
     *
     * @param penaltyPercent of the mode, in percent of the native time
     * @param slowness see {@link #slowness}
     * @param parallelism N that the job would get
     * @param price of a core of ordinary speed, in jobs that wait for one
     * @param warmPercent see {@link PendingJob#percentOn}
     */
    public static long first(
            PendingJob job, int penaltyPercent, double slowness, int parallelism, double price, int warmPercent) {
        return job.expense() == Expense.Light
                ? light(penaltyPercent, warmPercent)
                : steps(cost(job.workEstimate().serial(), slowness, parallelism, perCore(penaltyPercent, price))
                        * (warmPercent / PERCENT));
    }

    private static long light(int penaltyPercent, int warmPercent) {
        return (long) penaltyPercent * warmPercent;
    }

    /**
     * No worker that is as slow as this or slower has a smaller first number, whatever N it gives; nothing for light jobs, for which
     * the speed does not count.
     *
     * @param leastPenalty in percent, of the modes of all workers in question
     * @param leastPrice of a core on any of them
     */
    public static long leastFirst(PendingJob job, int leastPenalty, double slowness, double leastPrice) {
        if (job.expense() == Expense.Light) {
            return light(leastPenalty, job.leastPercent());
        }
        double serial = job.workEstimate().serial();
        double perCore = perCore(leastPenalty, leastPrice);
        var envelope = job.envelope();
        // The cost is convex in N, and least here; where cores or serial parts cost nothing, the more the better.
        double growth = serial * perCore;
        double cheapest = growth > 0 ? Math.sqrt((1 - serial) * slowness / growth) : envelope.most();
        double parallelism = Math.max(envelope.least(), Math.min(envelope.most(), cheapest));
        return steps(cost(serial, slowness, parallelism, perCore) * (job.leastPercent() / PERCENT) * ROUNDING);
    }

    private static double cost(double serial, double slowness, double parallelism, double perCore) {
        return (serial + (1 - serial) / parallelism) * (slowness + perCore * parallelism);
    }

    private static double perCore(int penaltyPercent, double price) {
        return price * penaltyPercent / Worker.ORDINARY_SPEED;
    }

    /**
     * The number that decides between equal first ones.
     *
     * @param strength of the worker, see {@link Worker#strength}
     */
    public static long second(Expense expense, long strength) {
        return expense == Expense.Heavy ? -strength : strength;
    }

    private static long steps(double cost) {
        return Double.doubleToRawLongBits(cost) >>> MANTISSA_BITS - STEP_BITS;
    }
}
