package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.worker.node.NodeState;
import java.util.Optional;

/** What builds may use of a worker: the limits, but not more than the Node offers to pods and others leave of it. */
public final class Budget {
    private static final Amounts NOTHING_STATED = new Amounts(null, null, null, null);

    private Budget() {}

    /**
     * The budget. Only for a worker whose facts were found right by {@link FactsCheck}; a number of jobs that nobody
     * states is unlimited.
     *
     * @param caches claims that keep caches on the worker; their size is none of the disk that others have written
     * @param checkRoom what the Node keeps for the worker's checks
     */
    public static Room of(
            BuildWorkerSpec spec, AgentFacts facts, Optional<NodeState> node, int caches, Room checkRoom) {
        var stated = stated(spec, facts);
        var room = new Room(
                Quantities.millis(stated.cpu()),
                Quantities.bytes(stated.memory()),
                Math.max(0, Quantities.bytes(stated.disk()) - CacheShare.bytes(spec, caches)),
                stated.jobs() == null ? Integer.MAX_VALUE : stated.jobs());
        return node.flatMap(n -> n.left(checkRoom)).map(room::min).orElse(room);
    }

    /** Each amount of the limits, else the agent's recommendation. */
    static Amounts stated(BuildWorkerSpec spec, AgentFacts facts) {
        var limits = spec == null || spec.limits() == null ? NOTHING_STATED : spec.limits();
        var recommended = facts.recommendedLimits() == null ? NOTHING_STATED : facts.recommendedLimits();
        return new Amounts(
                limits.cpu() == null ? recommended.cpu() : limits.cpu(),
                limits.memory() == null ? recommended.memory() : limits.memory(),
                limits.disk() == null ? recommended.disk() : limits.disk(),
                limits.jobs() == null ? recommended.jobs() : limits.jobs());
    }
}
