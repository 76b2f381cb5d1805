package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a pass looks at. The same snapshot gives the same plan, in whatever order the lists are.
 *
 * @param unknown workers of which nothing can be said but why they take no job, counted by that reason
 */
public record Snapshot(
        Instant now,
        List<Worker> workers,
        Map<Reason, Integer> unknown,
        List<Claim> claims,
        List<PendingJob> pending,
        ModePenalty penalty) {
    public Snapshot {
        unknown = Map.copyOf(unknown);
        workers = List.copyOf(workers);
        claims = List.copyOf(claims);
        pending = List.copyOf(pending);
    }
}
