package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.time.Instant;
import java.util.Objects;

/**
 * The CPU that others than builds use of a worker's budget. The agent publishes what all processes used between two looks; builds
 * are taken to have used what they were given, at the most that this was in that time: one that has just ended is still in the
 * figure. Nothing is counted twice: what the budget leaves to others, as they request it or the limits do, is theirs already.
 *
 * @param observed when the agent looked last
 * @param mostGiven CPU that builds were given since that was known, at most; millicores
 * @param millis that others use of the budget; millicores
 */
public record NonBuildUsage(Instant observed, long mostGiven, long millis) {
    /** Of a worker that has published nothing yet. */
    public static final NonBuildUsage UNKNOWN = new NonBuildUsage(Instant.MIN, 0, 0);

    private static final long MILLIS_PER_THREAD = 1000;

    /** After another look at the worker, whether its agent has published anything new or not. */
    public NonBuildUsage next(AgentFacts facts, Room budget, long given) {
        long most = Math.max(mostGiven, given);
        if (Objects.equals(facts.observedTime(), observed)) {
            return new NonBuildUsage(observed, most, millis);
        }
        // What builds were given before the first look nobody knows.
        return new NonBuildUsage(facts.observedTime(), given, this == UNKNOWN ? 0 : millis(facts, budget, most));
    }

    private static long millis(AgentFacts facts, Room budget, long builds) {
        if (facts.load() == null
                || facts.load().cpu() == null
                || facts.cpu() == null
                || facts.cpu().threads() == null) {
            return 0;
        }
        long threads = facts.cpu().threads() * MILLIS_PER_THREAD;
        long others = Math.max(0, Math.min(threads, millis(facts)) - builds);
        long theirs = Math.max(0, threads - budget.cpuMillis());
        return Math.max(0, others - theirs);
    }

    private static long millis(AgentFacts facts) {
        try {
            return Quantities.millis(facts.load().cpu());
        } catch (IllegalArgumentException | ArithmeticException e) {
            return 0;
        }
    }
}
