package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimit;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimits;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which limits on some of the workers are reached, counted anew whenever it is asked for.
 *
 * @param placements of the scheduling cycle so far, to which more come
 */
record PlainLimits(Snapshot snapshot, List<Placement> placements) {

    WorkerLimits reached(String tenant) {
        return new WorkerLimits(snapshot.shares().of(tenant).limits().stream()
                .filter(limit -> jobs(tenant, limit) >= limit.maxJobs())
                .toList());
    }

    private long jobs(String tenant, WorkerLimit limit) {
        Set<String> covered = snapshot.workers().stream()
                .filter(limit::covers)
                .map(worker -> worker.name())
                .collect(Collectors.toSet());
        return Stream.concat(snapshot.claims().stream(), placements.stream().map(Placement::claim))
                .filter(claim -> claim.tenant().equals(tenant) && covered.contains(claim.worker()))
                .map(Claim::id)
                .count();
    }

    /** Which jobs press on workers together: not those of a tenant with limits and others'. */
    Requirements kind(PendingJob job) {
        return snapshot.shares().of(job.tenant()).limits().isEmpty()
                ? job.requirements()
                : job.requirements().withLimited(Optional.of(job.tenant()));
    }
}
