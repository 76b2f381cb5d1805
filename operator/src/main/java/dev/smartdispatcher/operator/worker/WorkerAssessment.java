package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.policy.IsolationRule;
import dev.smartdispatcher.api.policy.TaintToleration;
import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.check.WorkerChecks;
import dev.smartdispatcher.operator.health.Standing;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.worker.node.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that is concluded from what is known of a worker: the one answer for the scheduler, the worker's status and the recheck
 * of allocations.
 *
 * @param schedulability whether the worker takes new jobs, and if not, why
 * @param worker the worker as the scheduler sees it, with its budget; empty if its facts are missing, cannot be read or cannot
 *     be true, because its size and abilities are then unknown
 * @param checks those that run on the worker, and how it stands with them; none if its size and abilities are unknown
 * @param skew how wrong the worker's clock is; empty if unknown
 * @param health how the worker stands by how builds end there
 * @param trialChecks those that its trial waits for
 */
public record WorkerAssessment(
        Schedulability schedulability,
        Optional<Worker> worker,
        Optional<ClockSkew> skew,
        WorkerChecks checks,
        Standing health,
        Set<String> trialChecks) {

    /**
     * What is known of a worker.
     *
     * @param beingDeleted whether the BuildWorker is marked for deletion
     * @param facts what the agent published; empty if nothing, or if part of it or of the spec cannot be read
     * @param unreadable what cannot be read of the worker or its Node, as sentences that name the field
     * @param silent whether the agent has not been heard for {@link SchedulabilityRules#SILENT_AFTER}
     * @param ahead by how much the worker's clock was seen to be ahead, negative if behind; empty if unknown
     * @param node the worker's Node; empty if there is none
     * @param announced whether the end of its Node was announced while there was one
     * @param due whether the time of a planned maintenance has come, see {@link #maintenance}
     * @param caches claims that keep caches on the worker
     * @param tolerations the taints that the policy tolerates
     * @param isolation the policy's rules about isolation
     * @param selecting the checks that select the worker by its labels, mandatory ones first
     * @param standings how it stands with them now
     * @param checkFacts the attributes of their results that count, as facts
     * @param health how the worker stands by how builds end there
     * @param untried those of the checks that have no result since its trial began, if it is on trial
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
            boolean announced,
            boolean due,
            int caches,
            List<TaintToleration> tolerations,
            List<IsolationRule> isolation,
            List<CheckDefinition> selecting,
            Map<String, CheckStanding> standings,
            Map<String, String> checkFacts,
            Standing health,
            Set<String> untried) {}

    /** When a maintenance begins that is planned by the annotations; empty if none is, or if they cannot be read. */
    public static Optional<Instant> maintenance(Map<String, String> annotations) {
        return Drain.of(annotations).deadline();
    }

    /** Assesses a worker. The result depends on nothing but the evidence. */
    public static WorkerAssessment of(Evidence known) {
        var problems = known.facts()
                .map(facts -> FactsCheck.problems(known.spec(), facts))
                .orElse(List.of());
        var isolations = new Isolations(known.isolation());
        var checks = known.facts()
                .filter(facts -> problems.isEmpty())
                .map(facts -> WorkerChecks.of(
                        known.selecting(),
                        checkable(facts, known.node(), isolations),
                        known.standings(),
                        known.checkFacts()))
                .orElse(WorkerChecks.NONE);
        var trialChecks = checks.definitions().stream()
                .filter(check -> check.problems().isEmpty())
                .map(CheckDefinition::name)
                .filter(known.untried()::contains)
                .collect(Collectors.toUnmodifiableSet());
        var schedulability = schedulability(known, problems, checks, trialChecks);
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
                        isolations,
                        checks,
                        known.health().oneAtATime()));
        var published = known.facts().map(AgentFacts::clockSkewSeconds).map(Duration::ofSeconds);
        return new WorkerAssessment(
                schedulability, worker, ClockSkew.worst(published, known.ahead()), checks, known.health(), trialChecks);
    }

    private static Set<JobIsolation> checkable(AgentFacts facts, Optional<NodeState> node, Isolations isolations) {
        return isolations.checkable(
                facts.isolation(),
                node.map(NodeState::devices).orElse(Set.of()),
                node.map(NodeState::userNamespaces).orElse(false));
    }

    private static Schedulability schedulability(
            Evidence known, List<String> problems, WorkerChecks checks, Set<String> trialChecks) {
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
                known.announced(),
                known.due(),
                known.tolerations());
        if (schedulability.closed().isEmpty() && !checks.missing().isEmpty()) {
            return SchedulabilityRules.unproven(checks);
        }
        if (schedulability.closed().isEmpty() && known.health().isClosed()) {
            return SchedulabilityRules.quarantined(known.health().message());
        }
        if (schedulability.closed().isEmpty() && !trialChecks.isEmpty()) {
            return SchedulabilityRules.quarantined(
                    "on trial: waits for its checks " + String.join(", ", new TreeSet<>(trialChecks)));
        }
        return !readable && schedulability.closed().equals(Optional.of(Reason.NoFacts))
                ? SchedulabilityRules.unreadable(known.unreadable())
                : schedulability;
    }

    /** What builds may use of the worker altogether; empty if that is unknown. */
    public Optional<Room> budget() {
        return worker.map(Worker::budget);
    }
}
