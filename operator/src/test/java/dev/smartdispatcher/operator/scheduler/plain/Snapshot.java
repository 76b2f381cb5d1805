package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a scheduling cycle looks at. The same snapshot gives the same plan, in whatever order the lists are.
 *
 * @param unknown workers of which nothing can be said but why they take no job, counted by that reason
 * @param usage decayed usage of tenants as of now, in CPU seconds; 0 for those that are not there
 * @param terms on which worker, and since when, room has been kept for a job, or that the job rests, by its UID
 */
public record Snapshot(
        Instant now,
        List<Worker> workers,
        Map<Reason, Integer> unknown,
        List<Claim> claims,
        List<PendingJob> pending,
        ModePenalty penalty,
        Shares shares,
        Map<String, Double> usage,
        Map<String, ReservationTerm> terms) {
    public Snapshot {
        unknown = Map.copyOf(unknown);
        workers = List.copyOf(workers);
        claims = List.copyOf(claims);
        pending = List.copyOf(pending);
        usage = Map.copyOf(usage);
        terms = Map.copyOf(terms);
    }

    /** Where tenants have equal shares and no past, and no room is reserved. */
    public Snapshot(
            Instant now,
            List<Worker> workers,
            Map<Reason, Integer> unknown,
            List<Claim> claims,
            List<PendingJob> pending,
            ModePenalty penalty) {
        this(now, workers, unknown, claims, pending, penalty, Shares.STANDARD, Map.of(), Map.of());
    }
}
