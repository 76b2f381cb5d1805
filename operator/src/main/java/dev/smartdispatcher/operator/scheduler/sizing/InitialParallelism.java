package dev.smartdispatcher.operator.scheduler.sizing;

/**
 * The N that a long job begins with. One that begins with one make job because just one core happened to be free goes on for
 * hours after the rest of a rebuild is done; so it waits for a few cores, which are kept for it like room for any other job.
 * It takes less where no worker could ever give so many: see {@code index.EquivalenceClass#standing}. A job that names a smallest N of
 * more than one has said what it begins with.
 */
public final class InitialParallelism {
    /** Core-seconds for each make job that a long job begins with. */
    private static final double CORE_SECONDS = 1700;

    private static final int MOST = 6;

    private InitialParallelism() {}

    /** The N that the job should begin with; its smallest one if it is not long. */
    public static int of(Envelope envelope, WorkEstimate workEstimate) {
        if (envelope.least() > 1) {
            return envelope.least();
        }
        int wanted = (int) Math.min(MOST, workEstimate.coreSeconds() / CORE_SECONDS);
        return Math.max(1, Math.min(wanted, envelope.most()));
    }
}
