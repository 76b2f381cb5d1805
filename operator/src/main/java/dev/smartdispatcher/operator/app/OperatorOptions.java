package dev.smartdispatcher.operator.app;

import dev.smartdispatcher.operator.leader.LeaderElection;
import java.time.Duration;
import java.util.Optional;

/**
 * How the operator runs.
 *
 * @param leader the election to take part in; empty: this is the only replica
 * @param namespace in which pods of checks are created
 * @param linger how long events are gathered before a scheduling cycle
 * @param threads of the reconcilers, which mostly wait for the API server
 * @param writers allocations and reasons written side by side
 */
public record OperatorOptions(
        Optional<LeaderElection> leader, String namespace, Duration linger, int threads, int writers) {
    static final int STANDARD_LINGER_MILLIS = 100;
    /** With 8, each waiting for a busy API server, the operator saw starts too late: docs/performance.md. */
    static final int STANDARD_THREADS = 32;

    static final int STANDARD_WRITERS = 16;

    /** One replica with the defaults of the command line. */
    public static final OperatorOptions STANDARD = new OperatorOptions(
            Optional.empty(), "default", Duration.ofMillis(STANDARD_LINGER_MILLIS), STANDARD_THREADS, STANDARD_WRITERS);
}
