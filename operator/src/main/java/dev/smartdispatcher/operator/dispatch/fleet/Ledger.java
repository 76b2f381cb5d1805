package dev.smartdispatcher.operator.dispatch.fleet;

import dev.smartdispatcher.operator.dispatch.fleet.Claim.AttemptId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Decisions that were made but that the caches may not show yet. A decision is assumed before it is written, forgotten
 * when the write fails, and dropped when the caches show it; in between it counts beside what they show, so that no room
 * is given away twice. Safe for use by several threads.
 */
public final class Ledger {
    private final Map<AttemptId, Claim> assumed = new HashMap<>();

    /** Counts a decision from now on. */
    public synchronized void assume(Claim claim) {
        assumed.put(claim.id(), claim);
    }

    /** The decision came to nothing. */
    public synchronized void forget(AttemptId id) {
        assumed.remove(id);
    }

    /** Drops what the caches show by now, and what can never come about since its job is gone. */
    public synchronized void settle(Predicate<AttemptId> settled) {
        assumed.keySet().removeIf(settled);
    }

    /** Whether a decision for this job is on its way. */
    public synchronized boolean assumes(String jobUid) {
        return assumed.keySet().stream().anyMatch(id -> id.jobUid().equals(jobUid));
    }

    /** How many decisions are on their way. */
    public synchronized int assumed() {
        return assumed.size();
    }

    /**
     * All live claims: those observed (recorded in a job's status, carried by a pod, or both) and those assumed. The same
     * attempt is counted once, by the larger of its amounts.
     */
    public synchronized List<Claim> union(Collection<Claim> observed) {
        var all = new LinkedHashMap<AttemptId, Claim>();
        observed.forEach(claim -> all.merge(claim.id(), claim, Claim::union));
        assumed.values().forEach(claim -> all.merge(claim.id(), claim, Claim::union));
        return List.copyOf(all.values());
    }
}
