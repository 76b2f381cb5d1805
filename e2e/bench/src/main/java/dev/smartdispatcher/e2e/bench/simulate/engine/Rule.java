package dev.smartdispatcher.e2e.bench.simulate.engine;

import java.util.List;

/**
 * What decides which job starts where. It is told everything that happens, and is asked after all that happens at one time.
 */
public interface Rule {
    /** A job waits: it is new, or its last attempt was killed. */
    void arrived(Request request);

    /** An attempt that this rule started is over, and its room is free. */
    void ended(Attempt attempt);

    /** What starts now, in seconds. Each must have been told by {@link #arrived} and waits no more. */
    List<Start> decide(double now);
}
