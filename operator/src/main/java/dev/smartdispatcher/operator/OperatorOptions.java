package dev.smartdispatcher.operator;

import java.time.Duration;
import java.util.Optional;

/**
 * How the operator runs.
 *
 * @param leader the election to take part in; empty: this is the only replica
 * @param linger how long events are gathered before a pass
 * @param threads of the reconcilers, which mostly wait for the API server
 * @param writers allocations and reasons written side by side
 */
public record OperatorOptions(Optional<Leader> leader, Duration linger, int threads, int writers) {
    /** One replica, passes a tenth of a second after the first event. */
    public static final OperatorOptions STANDARD =
            new OperatorOptions(Optional.empty(), Duration.ofMillis(100), 32, 16);

    /**
     * A leader election by Lease.
     *
     * @param identity unique to the process: the pod's name and a random part, as client-go does it
     */
    public record Leader(
            String namespace,
            String lease,
            String identity,
            Duration leaseDuration,
            Duration renewDeadline,
            Duration retryPeriod) {}
}
