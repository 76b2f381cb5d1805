package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.api.worker.facts.Isolation;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.check.WorkerChecks;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.scheduler.filter.Inodes;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.worker.node.NodeState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the scheduling cycle's view of a worker. */
public final class Workers {
    private Workers() {}

    /**
     * The worker for the scheduler. Only for facts in which {@link FactsCheck} finds no problem.
     *
     * @param oneAtATime whether a build starts only while no other runs
     */
    static Worker of(
            String name,
            Map<String, String> labels,
            BuildWorkerSpec spec,
            AgentFacts facts,
            Optional<NodeState> node,
            int caches,
            Schedulability schedulability,
            Isolations isolations,
            WorkerChecks checks,
            boolean oneAtATime) {
        var host = hostArch(spec, facts);
        var whole = Budget.of(spec, facts, node, caches, checks.room());
        var budget = oneAtATime ? whole.withJobs(Math.min(1, whole.jobs())) : whole;
        var working = without(facts.isolation(), checks.withdrawn());
        return new Worker(
                name,
                host,
                targets(host, facts),
                isolations.givenBy(
                        working,
                        node.map(NodeState::devices).orElse(Set.of()),
                        node.map(NodeState::userNamespaces).orElse(false)),
                givesUserNamespaces(working, node),
                facts.cpu() == null ? Set.of() : Set.copyOf(facts.cpu().flags()),
                kernel(facts),
                facts(facts, checks),
                speed(facts),
                freeInodes(facts),
                labels,
                budget,
                budget.disk(),
                schedulability.closed(),
                schedulability.endBy(),
                0,
                checks.standings());
    }

    private static Map<String, String> facts(AgentFacts facts, WorkerChecks checks) {
        var all = new HashMap<>(WorkerFacts.of(facts));
        all.putAll(checks.facts());
        return all;
    }

    /** What the agent tried, and the Node's container runtime says. */
    private static boolean givesUserNamespaces(Collection<Isolation> working, Optional<NodeState> node) {
        return working.contains(Isolation.UserNamespace)
                && node.map(NodeState::userNamespaces).orElse(false);
    }

    /** What the agent found working, unless a check that proves it has failed since. */
    private static Set<Isolation> without(Collection<Isolation> working, Set<JobIsolation> withdrawn) {
        return working.stream()
                .filter(isolation -> withdrawn.stream().noneMatch(w -> w.name().equals(isolation.name())))
                .collect(Collectors.toSet());
    }

    private static Architecture hostArch(BuildWorkerSpec spec, AgentFacts facts) {
        var offered = spec == null || spec.hostArch() == null || spec.hostArch().isEmpty()
                ? facts.hostArch()
                : spec.hostArch();
        return Architecture.of(offered).orElseThrow();
    }

    /**
     * What the worker builds, each in the most direct mode. A node that is offered as another architecture builds that one
     * natively and no longer its own.
     */
    private static Map<Architecture, Mode> targets(Architecture host, AgentFacts facts) {
        var targets = new EnumMap<Architecture, Mode>(Architecture.class);
        for (var target : facts.targets()) {
            var arch = Architecture.of(target.arch()).orElseThrow();
            if (target.mode() != Mode.Native || arch == host) {
                targets.merge(arch, target.mode(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
            }
        }
        targets.put(host, Mode.Native);
        return targets;
    }

    private static Worker.Kernel kernel(AgentFacts facts) {
        if (facts.kernel() == null) {
            return Worker.Kernel.UNKNOWN;
        }
        var kernel = facts.kernel();
        return new Worker.Kernel(
                kernel.version() == null ? "" : kernel.version(), kernel.flavor() == null ? "" : kernel.flavor());
    }

    private static OptionalInt speed(AgentFacts facts) {
        return facts.speedIndex() == null
                ? OptionalInt.empty()
                : OptionalInt.of(facts.speedIndex().single());
    }

    /** A file system that makes inodes as it needs them reports none. */
    private static long freeInodes(AgentFacts facts) {
        return facts.disk() == null || facts.disk().freeInodes() == null
                ? Long.MAX_VALUE
                : Inodes.counted(facts.disk().freeInodes());
    }

    /** A room as amounts of the API. An unlimited number of jobs is not stated. */
    public static Amounts amounts(Room room) {
        return new Amounts(
                Quantities.ofMillis(room.cpuMillis()),
                Quantities.ofBytes(room.memory()),
                Quantities.ofBytes(room.disk()),
                room.jobs() == Integer.MAX_VALUE ? null : room.jobs());
    }
}
