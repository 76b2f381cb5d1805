package dev.smartdispatcher.operator.controller.cache;

import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.informer.ObjectCaches;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Optional;

/** The one DispatchPolicy as it counts now, and what is wrong with it. Safe for use by several threads. */
public final class PolicyInForce {
    private final ObjectCaches caches;
    private volatile List<String> problems = List.of();
    private volatile DispatchPolicySpec readable = DispatchPolicySpec.STANDARD;

    PolicyInForce(ObjectCaches caches) {
        this.caches = caches;
    }

    /**
     * The policy in force; the schema's defaults if there is none. While something of it cannot be read that is what it was
     * before, or the defaults: what is left of it might allow more than was meant.
     */
    public DispatchPolicySpec spec() {
        var policy = object();
        if (policy.filter(p -> !Unreadable.of(p, "spec").isEmpty()).isPresent()) {
            return readable;
        }
        var spec = policy.map(DispatchPolicy::getSpec).orElse(DispatchPolicySpec.STANDARD);
        readable = spec;
        return spec;
    }

    /** Its generation; 0 if there is none. */
    public long generation() {
        return object().map(ClusterView::generation).orElse(0L);
    }

    /** Why no job can start by the policy, as sentences that name the field. */
    public List<String> problems() {
        return problems;
    }

    /** Why no job can start by the policy; returns whether that is new. */
    public boolean problems(List<String> now) {
        var before = problems;
        problems = List.copyOf(now);
        return !before.equals(problems);
    }

    /** Whether the one DispatchPolicy is there. */
    public boolean exists() {
        return object().isPresent();
    }

    /** The object itself; empty if there is none. */
    public Optional<DispatchPolicy> object() {
        return caches.policies().get(new ResourceID(DispatchPolicy.NAME));
    }
}
