package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;

/**
 * How much of an attempt is kept in its job's claim beside the results of a build that succeeded.
 *
 * @param logBytes of the log, before it is compressed; 0 for nothing
 * @param failedResultsBytes of the results of a build that failed; 0 for nothing
 */
public record RetentionLimits(long logBytes, long failedResultsBytes) {

    /** As the policy says. */
    public static RetentionLimits of(DispatchPolicySpec policy) {
        return new RetentionLimits(
                bytes(policy.logs().maxSize()), bytes(policy.failedResults().maxSize()));
    }

    /** Less than nothing is nothing. */
    private static long bytes(Quantity size) {
        return Math.max(0, Quantities.bytes(size));
    }
}
