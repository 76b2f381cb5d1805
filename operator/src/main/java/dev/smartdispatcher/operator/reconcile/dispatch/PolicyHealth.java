package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicyStatus;
import dev.smartdispatcher.operator.policy.PolicyCheck;
import dev.smartdispatcher.operator.reading.Unreadable;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.EventRecorder;
import dev.smartdispatcher.operator.refusal.ObjectFaults.Subject;
import dev.smartdispatcher.operator.status.StatusFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with the policy: told in its condition, in an Event, and to the jobs that cannot start for it. */
final class PolicyHealth {
    private static final String RIGHT = "jobs can start by it";

    private final Caches caches;
    private final EventRecorder events;
    private final StatusFactory statuses;
    private final PriorityClasses classes;

    PolicyHealth(KubernetesClient client, Caches caches, EventRecorder events, StatusFactory statuses) {
        this.caches = caches;
        this.events = events;
        this.statuses = statuses;
        this.classes = new PriorityClasses(client);
    }

    /** Finds out whether jobs can start at all; if that has changed, all are looked at again. */
    void look(Instant now) {
        var policy = caches.policy();
        var problems = new ArrayList<>(PolicyCheck.ofPods(policy));
        classes.problem(policy.priorityClassName(), now).ifPresent(problems::add);
        if (caches.policyProblems(problems)) {
            caches.changes().everything();
        }
    }

    /** The policy's conditions now. */
    List<Condition> conditions(DispatchPolicy policy) {
        var before = Optional.ofNullable(policy.getStatus())
                .map(DispatchPolicyStatus::conditions)
                .orElse(List.of());
        var problems = new ArrayList<>(Unreadable.of(policy, "spec"));
        if (!problems.isEmpty()) {
            problems.add("in force is what was before, or the defaults after a restart");
        }
        problems.addAll(PolicyCheck.problems(caches.policy()));
        caches.policyProblems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
        caches.faults()
                .of(Subject.POLICY, Caches.generation(policy))
                .ifPresent(told -> problems.add("the API server refuses worker pods: " + told.message()));
        boolean valid = problems.isEmpty();
        var after = statuses.with(
                before,
                DispatchPolicyStatus.VALID,
                valid,
                valid ? Reason.Accepted : Reason.InvalidPolicy,
                valid ? RIGHT : String.join("; ", problems),
                Caches.generation(policy));
        if (!valid && !after.equals(before)) {
            events.warning(policy, Reason.InvalidPolicy, String.join("; ", problems));
        }
        return after;
    }
}
