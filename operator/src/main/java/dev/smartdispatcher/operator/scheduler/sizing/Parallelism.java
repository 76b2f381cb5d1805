package dev.smartdispatcher.operator.scheduler.sizing;

import dev.smartdispatcher.operator.scheduler.model.Room;

/** N, the one number that decides CPU, memory and {@code -jN}. */
public final class Parallelism {
    /** What a core costs where nobody waits but all cores are in use; from 0.1 to 0.4 it makes little difference. */
    private static final double COST_OF_USE = 0.3;

    private static final double MILLIS_PER_CORE = 1000;

    private Parallelism() {}

    /**
     * The CPU, in millicores, that is one waiting job's fair part of a worker: everything free there if few press.
     *
     * @param pressure of the waiting jobs on the worker, see {@link Pressure}
     */
    public static double share(long pressure, long freeMillis) {
        return (double) pressure * freeMillis <= Pressure.ONE ? freeMillis : (double) Pressure.ONE / pressure;
    }

    /**
     * What a core costs while it is used, in jobs that wait for one. Where nobody waits it costs what is in use already:
     * those who come next would find less.
     *
     * @param others pressure of the other waiting jobs on all CPU of the workers, used or free
     * @param busy part of that CPU that is in use
     */
    public static double price(long others, double busy) {
        return Math.max(0, others) * MILLIS_PER_CORE / Pressure.ONE + COST_OF_USE * busy;
    }

    /**
     * The N of a job on a worker; 0 if the room does not take even its smallest. It is the N at which one more core saves the job
     * as much time as it costs those who wait: of a job of which a part s is serial, N make jobs take s + (1 - s) / N of the time
     * and, at a price p, cost the others p (N s + 1 - s) of it; the sum is least at N = sqrt((1 - s) / (p s)). While everybody who
     * waits could start at once, nobody gets more than a fair share, rounded half up to whole make jobs, so that ten jobs on
     * sixteen cores get one or two each and leave no core over.
     *
     * @param share CPU in millicores that is the job's fair part of the worker
     * @param price see {@link #price}
     */
    public static int parallelism(Envelope envelope, WorkEstimate workEstimate, Room free, double share, double price) {
        return free.fits(envelope.smallest()) ? fitting(envelope, workEstimate, free, share, price) : 0;
    }

    /** The same where the room is known to take the job's smallest N. */
    public static int fitting(Envelope envelope, WorkEstimate workEstimate, Room free, double share, double price) {
        double worth = Math.sqrt((1 - workEstimate.serial()) / (price * workEstimate.serial()));
        double fair = share / envelope.cpuMillis();
        long wanted = Math.round(fair < 1 ? worth : Math.min(fair, worth));
        return wanted <= envelope.least()
                ? envelope.least()
                : (int) Math.min(wanted, Math.max(envelope.least(), envelope.largestFitting(free)));
    }
}
