package dev.smartdispatcher.operator.scheduler.model;

import dev.smartdispatcher.operator.scheduler.model.Claim.AttemptId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decisions that were made but that the caches may not show yet. A decision is assumed before it is written, forgotten
 * when it is sure that it never will be, and dropped when the caches show it; in between it counts beside what they show, so
 * that no room is given away twice. Safe for use by several threads.
 */
public final class AssumedClaims {
    private final Map<AttemptId, Assumed> assumed = new HashMap<>();

    private record Assumed(Claim claim, String basis) {}

    /**
     * An attempt counts once on each worker: a pod can be elsewhere than its job's status says when a deposed leader's
     * request came late.
     */
    private record Place(AttemptId id, String worker) {
        private static Place of(Claim claim) {
            return new Place(claim.id(), claim.worker());
        }
    }

    /**
     * Counts a decision from now on.
     *
     * @param basis version of the job on which it was decided, and on top of which alone it can be written
     */
    public synchronized void assume(Claim claim, String basis) {
        assumed.put(claim.id(), new Assumed(claim, basis));
    }

    /** The decision came to nothing. */
    public synchronized void forget(AttemptId id) {
        assumed.remove(id);
    }

    /**
     * Drops what the caches show by now of a job, even if it has been taken back since, and what can never come about since
     * the job is gone. Not while decisions are being written.
     *
     * @param version of the job; empty if there is none of this UID
     */
    public synchronized void settle(String jobUid, Optional<String> version) {
        assumed.entrySet()
                .removeIf(e -> e.getKey().jobUid().equals(jobUid)
                        && !version.equals(Optional.of(e.getValue().basis())));
    }

    /** Whether a decision for this job is on its way. */
    public synchronized boolean assumes(String jobUid) {
        return assumed.keySet().stream().anyMatch(id -> id.jobUid().equals(jobUid));
    }

    /** Whether a decision for this worker is on its way. */
    public synchronized boolean assumesOn(String worker) {
        return assumed.values().stream().anyMatch(a -> a.claim().worker().equals(worker));
    }

    /** Whether this decision, made on this version of its job, may still come about. */
    public synchronized boolean assumes(AttemptId id, String basis) {
        return assumed.containsKey(id) && assumed.get(id).basis().equals(basis);
    }

    /** UIDs of the jobs for which a decision is on its way; the caller may change the set. */
    public synchronized Set<String> assumed() {
        return assumed.keySet().stream().map(AttemptId::jobUid).collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * All live claims of a job: those observed (recorded in its status, carried by a pod, or both) and those assumed. The same
     * attempt is counted once on each worker, by the larger of its amounts.
     */
    public synchronized List<Claim> union(String jobUid, Collection<Claim> observed) {
        var all = new LinkedHashMap<Place, Claim>();
        observed.forEach(claim -> all.merge(Place.of(claim), claim, Claim::union));
        assumed.values().stream()
                .map(Assumed::claim)
                .filter(claim -> claim.id().jobUid().equals(jobUid))
                .forEach(claim -> all.merge(Place.of(claim), claim, Claim::union));
        return List.copyOf(all.values());
    }
}
