package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.TaintToleration;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.operator.check.WorkerChecks;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.worker.node.NodeState;
import dev.smartdispatcher.operator.worker.node.TerminationNotice;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The one place that decides whether a worker may take new jobs, and why not. */
public final class SchedulabilityRules {
    /** A worker whose agent has not observed anything for this long is silent; the agent writes each minute. */
    public static final Duration SILENT_AFTER = Duration.ofMinutes(3);

    private static final Set<String> CLOSING_EFFECTS = Set.of("NoSchedule", "NoExecute");
    /** The taint of a cordon, which has a reason: {@link Reason#NodeCordoned}. */
    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

    /** Of a worker that is marked for deletion and stays only until its finalizers are done. */
    static final Schedulability BEING_DELETED =
            Schedulability.draining(Reason.Draining, "the BuildWorker is being deleted", Optional.empty());

    private SchedulabilityRules() {}

    /**
     * Judges a worker by what its annotations, its agent and its Node say. The first rule that closes it is the reason
     * told; those about maintenance come first, since they are what an administrator asks about.
     *
     * @param problems what cannot be true of the facts and limits
     * @param silent whether the agent {@link #isSilent is silent}
     * @param node the worker's Node; empty if there is none
     * @param announced whether its end was announced while there was one
     * @param due whether the time of a planned maintenance has come
     */
    static Schedulability judge(
            Map<String, String> annotations,
            Optional<AgentFacts> facts,
            List<String> problems,
            boolean silent,
            Optional<NodeState> node,
            boolean announced,
            boolean due,
            List<TaintToleration> tolerations) {
        var drain = Drain.of(annotations);
        if (drain.reason().isPresent()) {
            return Schedulability.draining(Reason.Draining, drainMessage(drain), drain.deadline());
        }
        if (drain.problem().isPresent()) {
            return Schedulability.closed(Reason.InvalidFacts, drain.problem().get());
        }
        if (due && drain.deadline().isPresent()) {
            return Schedulability.draining(
                    Reason.Draining, dueMessage(drain.deadline().get()), Optional.empty());
        }
        if (node.isEmpty() && announced) {
            return Schedulability.terminating("the Node is gone, as was announced");
        }
        if (node.isEmpty()) {
            return Schedulability.closed(Reason.NodeMissing, "no Node has this name");
        }
        var notice = TerminationNotice.of(node.get().taints());
        if (notice.isPresent()) {
            return Schedulability.terminating("the Node is about to go: " + notice.get());
        }
        if (node.get().cordoned()) {
            return Schedulability.draining(Reason.NodeCordoned, "the Node is cordoned", Optional.empty());
        }
        if (!node.get().ready()) {
            return Schedulability.closed(Reason.NodeNotReady, "the Node is not ready");
        }
        var taint = node.get().taints().stream()
                .filter(t -> CLOSING_EFFECTS.contains(t.getEffect()) && !UNSCHEDULABLE.equals(t.getKey()))
                .filter(t -> tolerations.stream().noneMatch(tol -> tolerates(tol, t)))
                .findFirst();
        if (taint.isPresent()) {
            return Schedulability.closed(
                    Reason.Tainted, "the policy does not tolerate the Node's taint " + text(taint.get()));
        }
        if (facts.isEmpty()) {
            return Schedulability.closed(Reason.NoFacts, "the node agent has not published anything yet");
        }
        if (!problems.isEmpty()) {
            return Schedulability.closed(Reason.InvalidFacts, String.join("; ", problems));
        }
        if (silent) {
            return Schedulability.closed(Reason.Silent, silence(facts.get().observedTime()));
        }
        return Schedulability.open(
                drain.deadline()
                        .map(d -> "accepts only jobs that are known to end by " + d)
                        .orElse("accepts new jobs"),
                drain.deadline());
    }

    /**
     * Whether an agent is silent.
     *
     * @param seen when the last change of what the agent observed was seen; the agent's own clock is not relied on
     * @param now by the operator's clock
     */
    public static boolean isSilent(Instant seen, Instant now) {
        return Duration.between(seen, now).compareTo(SILENT_AFTER) > 0;
    }

    /**
     * What is said of a worker whose agent was last heard with this observation. It has no age: that would change, and cost a
     * write, at every look.
     */
    public static String silence(Instant observed) {
        return "the node agent has reported nothing since " + observed + " (by its clock)";
    }

    /** Of a worker of which something cannot be read, whatever else is known of it. */
    static Schedulability unreadable(List<String> problems) {
        return Schedulability.closed(Reason.InvalidFacts, String.join("; ", problems));
    }

    /** Of a worker that has not passed all checks that are mandatory. */
    static Schedulability unproven(WorkerChecks checks) {
        return Schedulability.closed(
                Reason.CheckFailed,
                checks.missing().stream()
                        .map(name -> checks.standings().get(name) == CheckStanding.Failed
                                ? "the mandatory check " + name + " has failed"
                                : "the mandatory check " + name + " has no result that counts")
                        .collect(Collectors.joining("; ")));
    }

    /** Who planned a maintenance may have forgotten it: what to do is in the message. */
    private static String dueMessage(Instant deadline) {
        return "maintenance was planned for " + deadline
                + ", which has passed; running builds go on; remove the annotation " + Annotations.DRAIN_DEADLINE
                + " to take builds again";
    }

    /** Of a worker on which builds fail that hardly fail elsewhere. */
    static Schedulability quarantined(String message) {
        return Schedulability.closed(Reason.Quarantined, message);
    }

    private static String drainMessage(Drain drain) {
        var reason = drain.reason().filter(r -> !r.isBlank()).orElse("no reason given");
        return "drained: " + reason
                + drain.deadline()
                        .map(d -> "; running builds are stopped at " + d)
                        .orElse("")
                + drain.problem().map(p -> "; " + p).orElse("");
    }

    private static boolean tolerates(TaintToleration toleration, Taint taint) {
        return toleration.tolerates(taint.getKey(), taint.getValue(), taint.getEffect());
    }

    private static String text(Taint taint) {
        return taint.getKey()
                + (taint.getValue() == null || taint.getValue().isEmpty() ? "" : "=" + taint.getValue())
                + ":" + taint.getEffect();
    }
}
