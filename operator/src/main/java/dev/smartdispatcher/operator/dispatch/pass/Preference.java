package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.api.job.Expense;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;

/**
 * Which of the workers with room a job is given. Two numbers, of which the smaller is the better and the first decides first;
 * then comes the tightest fit by CPU, then the worker's name. First the least cost: the time that the job takes there, and
 * what its cores cost those who wait meanwhile. Of equal ones heavy jobs take the stronger worker and normal ones the weaker.
 * Light ones: the least penalty, then the weakest worker, so that strong ones stay free.
 */
public final class Preference {
    /**
     * Bits of a number's mantissa that count. The leading bits of a positive floating-point number grow like its logarithm:
     * three of them make eight steps for each doubling, so that costs within about a tenth of each other count as equal and
     * packing may decide. A logarithm would take as long as all the rest of a comparison.
     */
    private static final int STEP_BITS = 3;

    private static final int MANTISSA_BITS = 52;

    private Preference() {}

    /**
     * The number that decides first.
     *
     * @param penaltyPercent of the mode, in percent of the native time
     * @param speed of the worker, see {@link Worker#speed}
     * @param processes N that the job would get
     * @param price of a core of ordinary speed, in jobs that wait for one
     */
    public static long first(PendingJob job, int penaltyPercent, int speed, int processes, double price) {
        if (job.expense() == Expense.Light) {
            return penaltyPercent;
        }
        double serial = job.effort().serial();
        double time = (double) penaltyPercent / speed * (serial + (1 - serial) / processes);
        return steps(time * (1 + price * processes * speed / Worker.ORDINARY_SPEED));
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
