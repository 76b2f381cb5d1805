package dev.smartdispatcher.operator.dispatch.sizing;

import dev.smartdispatcher.api.job.Expense;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import java.util.Collection;

/**
 * The smallest N at which a long job starts. One that begins with one make job because just one core happened to be free
 * goes on for hours after the rest of a rebuild is done; so it waits for a few cores, which are kept for it like room for any
 * other job. Never more than some worker that may take the job could give it: nobody becomes unbuildable by it.
 */
public final class Footing {
    /** Core-seconds for each make job that a long job starts with at least. */
    private static final double CORE_SECONDS = 2500;

    private static final int MOST = 6;
    /** Of a job that is heavy by its mark alone. */
    private static final int HEAVY = 4;

    private Footing() {}

    /**
     * The envelope with its smallest N raised.
     *
     * @param budgets of the workers that may take the job
     */
    public static Envelope firm(Envelope envelope, Effort effort, Expense expense, Collection<Room> budgets) {
        int wanted = (int) Math.min(MOST, effort.coreSeconds() / CORE_SECONDS);
        if (expense == Expense.Heavy) {
            wanted = Math.max(wanted, HEAVY);
        }
        if (wanted <= envelope.least()) {
            return envelope;
        }
        int possible = budgets.stream().mapToInt(envelope::largestIn).max().orElse(0);
        return envelope.from(Math.max(envelope.least(), Math.min(wanted, possible)));
    }
}
