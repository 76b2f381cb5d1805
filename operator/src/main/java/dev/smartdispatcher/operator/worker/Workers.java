package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.api.worker.facts.Isolation;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.scheduler.filter.Inodes;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes the scheduling cycle's view of a worker. */
public final class Workers {
    private Workers() {}

    /** The worker for the scheduler. Only for facts in which {@link FactsCheck} finds no problem. */
    static Worker of(
            String name,
            Map<String, String> labels,
            BuildWorkerSpec spec,
            AgentFacts facts,
            Optional<NodeState> node,
            int caches,
            Schedulability schedulability,
            Isolations isolations) {
        var host = hostArch(spec, facts);
        var budget = Budget.of(spec, facts, node, caches);
        return new Worker(
                name,
                host,
                targets(host, facts),
                isolations.givenBy(
                        facts.isolation(),
                        node.map(NodeState::devices).orElse(Set.of()),
                        node.map(NodeState::userNamespaces).orElse(false)),
                givesUserNamespaces(facts, node),
                facts.cpu() == null ? Set.of() : Set.copyOf(facts.cpu().flags()),
                kernel(facts),
                WorkerFacts.of(facts),
                speed(facts),
                freeInodes(facts),
                labels,
                budget,
                budget.disk(),
                schedulability.closed(),
                schedulability.endBy(),
                0);
    }

    /** What the agent tried, and the Node's container runtime says. */
    private static boolean givesUserNamespaces(AgentFacts facts, Optional<NodeState> node) {
        return facts.isolation().contains(Isolation.UserNamespace)
                && node.map(NodeState::userNamespaces).orElse(false);
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
