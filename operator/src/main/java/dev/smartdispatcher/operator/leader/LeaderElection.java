package dev.smartdispatcher.operator.leader;

import java.time.Duration;

/**
 * The election in which replicas take part, by a Lease.
 *
 * @param namespace of the Lease
 * @param lease name of the Lease
 * @param identity unique to the process: the pod's name and a random part, as client-go does it
 * @param leaseDuration after which a leader that does not renew is replaced
 * @param renewDeadline within which a leader renews, or else gives up
 * @param retryPeriod between two tries
 */
public record LeaderElection(
        String namespace,
        String lease,
        String identity,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retryPeriod) {}
