package dev.smartdispatcher.operator.scheduler.queue;

import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimit;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimits;
import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import java.util.List;

/**
 * A tenant's limits on some of the workers, and which of them are reached. Its jobs are counted again when it has more or less of
 * them, or workers changed: few tenants have such limits.
 */
final class TenantLimits {
    private final String tenant;
    private final WorkerStates states;
    private List<WorkerLimit> limits = List.of();
    private WorkerLimits reached = WorkerLimits.NONE;
    /** As the last cycle began. */
    private WorkerLimits before = WorkerLimits.NONE;

    private boolean stale;

    TenantLimits(String tenant, WorkerStates states) {
        this.tenant = tenant;
        this.states = states;
    }

    /** These are the limits from now on. */
    void set(List<WorkerLimit> newLimits) {
        if (!limits.equals(newLimits)) {
            limits = newLimits;
            stale = true;
        }
    }

    boolean isEmpty() {
        return limits.isEmpty();
    }

    /** The tenant's jobs are on other workers than before, or the workers have changed. */
    void stale() {
        stale = !limits.isEmpty() || !reached.reached().isEmpty();
    }

    /** Those that are reached now. */
    WorkerLimits reached() {
        if (stale) {
            stale = false;
            reached = new WorkerLimits(limits.stream()
                    .filter(limit -> jobs(limit) >= limit.maxJobs())
                    .toList());
        }
        return reached;
    }

    private long jobs(WorkerLimit limit) {
        return states.all().stream()
                .filter(state -> state.worker() != null && limit.covers(state.worker()))
                .flatMap(state -> state.claims().stream())
                .filter(claim -> claim.tenant().equals(tenant))
                .count();
    }

    /** More may start on workers that limits covered which were reached and are not any more. Returns whether there are such limits. */
    boolean free() {
        var now = reached();
        if (now.equals(before)) {
            return false;
        }
        var was = before;
        before = now;
        states.all().stream().filter(state -> isFreed(state, was, now)).toList().forEach(states::free);
        return true;
    }

    private static boolean isFreed(WorkerState state, WorkerLimits was, WorkerLimits now) {
        return state.worker() != null && was.cover(state.worker()) && !now.cover(state.worker());
    }
}
