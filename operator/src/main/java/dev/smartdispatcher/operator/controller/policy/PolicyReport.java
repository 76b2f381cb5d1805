package dev.smartdispatcher.operator.controller.policy;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.policy.CountedUse;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicyStatus;
import dev.smartdispatcher.api.policy.QueueStatus;
import dev.smartdispatcher.api.policy.TenantUsage;
import dev.smartdispatcher.operator.controller.ElapsedTime;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Tells of the queue in the policy's status: at once when it changes, but only once a second, since a busy farm has ten cycles
 * in that time. Metrics have each of them.
 */
public final class PolicyReport {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private Instant reported = Instant.MIN;

    /**
     * The write, if there is something to publish and it is time.
     *
     * @param usage the tenants' usage to publish, from what is published; asked only if it is time
     * @param conditions of the policy
     * @param counted what is in use of what it counts
     * @param again when to look again, if there is nothing left to publish
     */
    public UpdateControl<DispatchPolicy> of(
            DispatchPolicy policy,
            QueueStatus queue,
            UnaryOperator<List<TenantUsage>> usage,
            List<Condition> conditions,
            List<CountedUse> counted,
            Duration again,
            Instant now) {
        var known = Optional.ofNullable(policy.getStatus());
        if (ElapsedTime.isLess(reported, INTERVAL, now)) {
            boolean published = known.map(DispatchPolicyStatus::queue).equals(Optional.of(queue))
                    && known.map(DispatchPolicyStatus::conditions).equals(Optional.of(conditions));
            return UpdateControl.<DispatchPolicy>noUpdate().rescheduleAfter(published ? again : left(now));
        }
        var status = new DispatchPolicyStatus(
                queue, usage.apply(known.map(DispatchPolicyStatus::tenants).orElse(List.of())), conditions, counted);
        if (Objects.equals(policy.getStatus(), status)) {
            return UpdateControl.<DispatchPolicy>noUpdate().rescheduleAfter(again);
        }
        reported = now;
        var fresh = new DispatchPolicy();
        fresh.setMetadata(
                new ObjectMetaBuilder().withName(policy.getMetadata().getName()).build());
        fresh.setStatus(status);
        return UpdateControl.patchStatus(fresh).rescheduleAfter(again);
    }

    private Duration left(Instant now) {
        return Duration.between(now, reported.plus(INTERVAL));
    }
}
