package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.controller.cache.Changes.JobRef;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.cache.ObservedClaims;
import dev.smartdispatcher.operator.controller.past.LikelyDurations;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.model.AssumedClaims;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps the scheduler's claims up to date: the union of what a job's status records, what its pods carry and what is assumed. */
final class ClaimSync {
    private final ClusterView cluster;
    private final AssumedClaims assumed;
    private final LikelyDurations likely;
    /** The claims that the scheduler knows, by the job's UID. */
    private final Map<String, List<Claim>> known = new HashMap<>();

    ClaimSync(ClusterView cluster, AssumedClaims assumed) {
        this.cluster = cluster;
        this.assumed = assumed;
        likely = new LikelyDurations(cluster);
    }

    /** The scheduler is a new one, which knows no claims. */
    void clear() {
        known.clear();
    }

    /** The jobs with claims, without their names. */
    Stream<JobRef> jobs() {
        return known.entrySet().stream()
                .map(entry -> new JobRef(entry.getValue().get(0).tenant(), "", entry.getKey()));
    }

    /**
     * Brings the claims of a job up to date.
     *
     * @param job empty if it is gone
     */
    void sync(String uid, Optional<BuildJob> job, Scheduler scheduler, Instant now) {
        assumed.settle(uid, job.map(j -> j.getMetadata().getResourceVersion()));
        var claims = assumed.union(uid, ObservedClaims.of(job, cluster.podsOf(uid), likely::of, now));
        for (var before : known.getOrDefault(uid, List.of())) {
            if (claims.stream().noneMatch(claim -> isSame(claim, before))) {
                scheduler.release(before.id(), before.worker());
            }
        }
        claims.forEach(scheduler::put);
        if (claims.isEmpty()) {
            known.remove(uid);
        } else {
            known.put(uid, claims);
        }
    }

    private static boolean isSame(Claim one, Claim other) {
        return one.id().equals(other.id()) && Objects.equals(one.worker(), other.worker());
    }

    /**
     * The scheduler has placed a job: the claim is assumed until the caches show what became of the write.
     *
     * @param job as it was when it was placed
     */
    void placed(Claim claim, BuildJob job) {
        assumed.assume(claim, job.getMetadata().getResourceVersion());
        known.merge(claim.id().jobUid(), List.of(claim), (before, added) -> {
            var all = new ArrayList<>(before);
            all.addAll(added);
            return List.copyOf(all);
        });
    }
}
