package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.IsolationRule;
import dev.smartdispatcher.api.policy.TaintToleration;
import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is concluded from what is known of a worker: the one answer for the scheduler, the worker's status and the recheck
 * of allocations.
 *
 * @param schedulability whether the worker takes new jobs, and if not, why
 * @param worker the worker as the scheduler sees it, with its budget; empty if its facts are missing, cannot be read or cannot
 *     be true, because its size and abilities are then unknown
 * @param skew how wrong the worker's clock is; empty if unknown
 */
public record WorkerAssessment(Schedulability schedulability, Optional<Worker> worker, Optional<ClockSkew> skew) {

    /**
     * What is known of a worker.
     *
     * @param beingDeleted whether the BuildWorker is marked for deletion
     * @param facts what the agent published; empty if nothing, or if part of it or of the spec cannot be read
     * @param unreadable what cannot be read of the worker or its Node, as sentences that name the field
     * @param silent whether the agent has not been heard for {@link SchedulabilityRules#SILENT_AFTER}
     * @param ahead by how much the worker's clock was seen to be ahead, negative if behind; empty if unknown
     * @param node the worker's Node; empty if there is none
     * @param caches claims that keep caches on the worker
     * @param tolerations the taints that the policy tolerates
     * @param isolation the policy's rules about isolation
     */
    public record Evidence(
            String name,
            Map<String, String> labels,
            Map<String, String> annotations,
            boolean beingDeleted,
            BuildWorkerSpec spec,
            Optional<AgentFacts> facts,
            List<String> unreadable,
            boolean silent,
            Optional<Duration> ahead,
            Optional<NodeState> node,
            int caches,
            List<TaintToleration> tolerations,
            List<IsolationRule> isolation) {}

    /** Assesses a worker. The result depends on nothing but the evidence. */
    public static WorkerAssessment of(Evidence known) {
        var problems = known.facts()
                .map(facts -> FactsCheck.problems(known.spec(), facts))
                .orElse(List.of());
        var schedulability = schedulability(known, problems);
        var worker = known.facts()
                .filter(facts -> problems.isEmpty())
                .map(facts -> Workers.of(
                        known.name(),
                        known.labels(),
                        known.spec(),
                        facts,
                        known.node(),
                        known.caches(),
                        schedulability,
                        new Isolations(known.isolation())));
        var published = known.facts().map(AgentFacts::clockSkewSeconds).map(Duration::ofSeconds);
        return new WorkerAssessment(schedulability, worker, ClockSkew.worst(published, known.ahead()));
    }

    private static Schedulability schedulability(Evidence known, List<String> problems) {
        if (known.beingDeleted()) {
            return SchedulabilityRules.BEING_DELETED;
        }
        boolean readable = known.unreadable().isEmpty();
        var schedulability = SchedulabilityRules.judge(
                known.annotations(),
                known.facts().filter(facts -> readable),
                problems,
                known.silent(),
                known.node(),
                known.tolerations());
        return !readable && schedulability.closed().equals(Optional.of(Reason.NoFacts))
                ? SchedulabilityRules.unreadable(known.unreadable())
                : schedulability;
    }

    /** What builds may use of the worker altogether; empty if that is unknown. */
    public Optional<Room> budget() {
        return worker.map(Worker::budget);
    }
}
