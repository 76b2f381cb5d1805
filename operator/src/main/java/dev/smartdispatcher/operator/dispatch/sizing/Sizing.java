package dev.smartdispatcher.operator.dispatch.sizing;

import dev.smartdispatcher.operator.dispatch.fleet.Room;

/** N, the one number that decides CPU, memory and {@code -jN}. */
public final class Sizing {
    private Sizing() {}

    /**
     * The CPU, in millicores, that is one waiting job's fair part of a worker: everything free there if few press.
     *
     * @param pressure of the waiting jobs on the worker, see {@link Pressure}
     */
    public static double share(long pressure, long freeMillis) {
        return (double) pressure * freeMillis <= Pressure.ONE ? freeMillis : (double) Pressure.ONE / pressure;
    }

    /**
     * The N of a job on a worker: the largest that the room allows and the job's fair share of CPU covers, but at least
     * the job's smallest; 0 if the room does not take even that. The share is rounded to whole make jobs, half up, so that
     * ten jobs on sixteen cores get one or two each and leave no core over.
     *
     * @param share CPU in millicores that is the job's fair part of the worker
     */
    public static int processes(Envelope envelope, Room free, double share) {
        return free.fits(envelope.smallest()) ? fitting(envelope, free, share) : 0;
    }

    /** The same where the room is known to take the job's smallest N. */
    public static int fitting(Envelope envelope, Room free, double share) {
        long fair = Math.round(share / envelope.cpuMillis());
        return fair <= envelope.least()
                ? envelope.least()
                : (int) Math.min(fair, Math.max(envelope.least(), envelope.largestFitting(free)));
    }
}
