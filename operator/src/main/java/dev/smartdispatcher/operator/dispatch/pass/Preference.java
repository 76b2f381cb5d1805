package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.api.job.Expense;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Which of the workers with room a job is given. Two numbers, of which the smaller is the better and the first decides first;
 * then comes the tightest fit by CPU, then the worker's name. Heavy jobs: the earliest finish, then the stronger worker.
 * Normal ones: the earliest finish, then the weaker worker. Light ones: the least penalty, then the weakest worker, so that
 * strong ones stay free.
 */
public final class Preference {
    /**
     * The part of a build that does not become shorter with more make jobs, for comparing Ns by Amdahl's law. A plain
     * guess between the 2/7 of small builds and the few percent of large ones; only the order of candidates depends on it.
     */
    private static final double SERIAL = 0.2;

    /** Finish times within about a tenth of each other count as equal, so that packing may decide. */
    private static final double STEP = Math.log(1.1);

    /** A logarithm takes as long as all the rest of a comparison, and most values are small. */
    private static final int TABLE = 1024;

    private static final double[] LOGS = table(i -> i);
    private static final double[] LOGS_OF_PARTS = table(Preference::parts);

    private Preference() {}

    /**
     * The number that decides first.
     *
     * @param penaltyPercent of the mode, in percent of the native time
     * @param speed of the worker, see {@link Worker#speed}
     * @param processes N that the job would get
     */
    public static long first(Expense expense, int penaltyPercent, int speed, int processes) {
        return expense == Expense.Light ? penaltyPercent : finishStep(penaltyPercent, speed, processes);
    }

    /**
     * The number that decides between equal first ones.
     *
     * @param strength of the worker, see {@link Worker#strength}
     */
    public static long second(Expense expense, long strength) {
        return expense == Expense.Heavy ? -strength : strength;
    }

    /** Expected run time relative to one make job, natively, on a worker of ordinary speed; in steps. */
    private static long finishStep(int penaltyPercent, int speed, int processes) {
        return Math.round(log(penaltyPercent) - log(speed) + logOfParts(processes));
    }

    /** Logarithms to the base of a step. */
    private static double log(int value) {
        return value < LOGS.length ? LOGS[value] : Math.log(value) / STEP;
    }

    private static double logOfParts(int processes) {
        return processes < LOGS_OF_PARTS.length ? LOGS_OF_PARTS[processes] : Math.log(parts(processes)) / STEP;
    }

    /** How long N make jobs take, where one takes 1. */
    private static double parts(int processes) {
        return SERIAL + (1 - SERIAL) / processes;
    }

    private static double[] table(IntToDoubleFunction function) {
        return IntStream.range(0, TABLE)
                .mapToDouble(i -> Math.log(function.applyAsDouble(i)) / STEP)
                .toArray();
    }
}
