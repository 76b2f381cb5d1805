package dev.smartdispatcher.operator.controller.policy;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicyStatus;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.refusal.ObjectFaults.Subject;
import dev.smartdispatcher.operator.policy.PolicyCheck;
import dev.smartdispatcher.operator.status.StatusFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with the policy: published in its condition, in an Event, and as the reason of the jobs that cannot start for it. */
public final class PolicyHealth {
    private static final String RIGHT = "the policy is valid";

    private final ClusterView cluster;
    private final EventRecorder events;
    private final StatusFactory statuses;
    private final PriorityClasses classes;

    public PolicyHealth(KubernetesClient client, ClusterView cluster, EventRecorder events, StatusFactory statuses) {
        this.cluster = cluster;
        this.events = events;
        this.statuses = statuses;
        this.classes = new PriorityClasses(client);
    }

    /** Finds out whether jobs can start at all; if that has changed, all are looked at again. */
    public void look(Instant now) {
        var policy = cluster.policy();
        var problems = new ArrayList<>(PolicyCheck.ofPods(policy));
        classes.problem(policy.priorityClassName(), now).ifPresent(problems::add);
        if (cluster.policyInForce().problems(problems)) {
            cluster.changes().everything();
        }
    }

    /** The policy's conditions now. */
    public List<Condition> conditions(DispatchPolicy policy) {
        var before = Optional.ofNullable(policy.getStatus())
                .map(DispatchPolicyStatus::conditions)
                .orElse(List.of());
        var problems = new ArrayList<>(Unreadable.of(policy, "spec"));
        if (!problems.isEmpty()) {
            problems.add("the last valid policy stays in force, or the defaults after a restart");
        }
        problems.addAll(PolicyCheck.problems(cluster.policy()));
        cluster.policyInForce().problems().stream()
                .filter(p -> !problems.contains(p))
                .forEach(problems::add);
        cluster.faults()
                .of(Subject.POLICY, ClusterView.generation(policy))
                .ifPresent(published -> problems.add("the API server refuses worker pods: " + published.message()));
        boolean valid = problems.isEmpty();
        var after = statuses.with(
                before,
                DispatchPolicyStatus.VALID,
                valid,
                valid ? Reason.Accepted : Reason.InvalidPolicy,
                valid ? RIGHT : String.join("; ", problems),
                ClusterView.generation(policy));
        if (!valid && !after.equals(before)) {
            events.warning(policy, Reason.InvalidPolicy, String.join("; ", problems));
        }
        return after;
    }
}
