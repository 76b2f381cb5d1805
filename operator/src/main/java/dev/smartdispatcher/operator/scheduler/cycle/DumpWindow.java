package dev.smartdispatcher.operator.scheduler.cycle;

/**
 * Which part of the scheduler's state is wanted, so that a dump costs a scheduling cycle at most 0.2 s, however large the
 * farm.
 *
 * @param limit tenants, jobs and workers at most, each
 * @param queueFrom jobs to skip
 * @param workersFrom workers to skip
 */
public record DumpWindow(int limit, int queueFrom, int workersFrom) {
    public static final int STANDARD_LIMIT = 100;
    public static final int MOST = 1_000;
    /** The jobs before the first one wanted are gone through one by one. */
    public static final int LAST_FROM = 10_000;

    /** Workers are skipped at no cost, and more than these are in no farm. */
    public static final int LAST_WORKER = 1_000_000;
}
