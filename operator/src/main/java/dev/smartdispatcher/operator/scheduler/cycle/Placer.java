package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.queue.QueuedJob;
import dev.smartdispatcher.operator.scheduler.queue.SchedulingQueue;
import dev.smartdispatcher.operator.scheduler.queue.Tenant;
import dev.smartdispatcher.operator.scheduler.queue.TenantQueue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Places all that can start: again and again the first job that can start of the poorest tenant that has one. Only tenant queues are
 * walked through that have new jobs or could use a worker on which more may start than before.
 */
final class Placer {
    private final WorkerStates states;
    private final SchedulingQueue queue;
    private final Reservations reservations;
    private final Selector selector;
    private final List<Placement> placements = new ArrayList<>();
    private final List<QueuedJob> gone = new ArrayList<>();
    private final List<String> freed = new ArrayList<>();

    private final int most;
    private boolean cut;
    private long looks;

    /**
     * One round.
     *
     * @param most jobs to place
     */
    Placer(WorkerStates states, SchedulingQueue queue, Reservations reservations, Selector selector, int most) {
        this.states = states;
        this.queue = queue;
        this.reservations = reservations;
        this.selector = selector;
        this.most = most;
    }

    /** Places what it can. */
    void run() {
        var tenants = call();
        var poorest = new PriorityQueue<>(Tenant.POOREST);
        for (var tenant : tenants) {
            queue.tenants().weigh(tenant);
            poorest.add(tenant);
        }
        while (!poorest.isEmpty() && !cut) {
            var tenant = poorest.poll();
            if (!tenant.mayStart()) {
                tenant.called().forEach(queue::unsettle);
            } else if (placeOne(tenant)) {
                queue.tenants().weigh(tenant);
                poorest.add(tenant);
                cut = placements.size() == most;
            } else {
                tenant.called().forEach(this::settle);
            }
        }
        looks = tenants.stream().mapToLong(Tenant::looks).sum();
        tenants.forEach(Tenant::dismiss);
        if (!cut) {
            states.settle();
        }
        freed.forEach(reservations::release);
    }

    /** Looks at jobs and chunks of jobs. */
    long looks() {
        return looks;
    }

    /** Whether it ended before all were tried. */
    boolean isCut() {
        return cut;
    }

    /** Whether room was reserved for one of those that it placed, which is free now. */
    boolean hasFreed() {
        return !freed.isEmpty();
    }

    /** The tenants of all tenant queues that may have something to start. */
    private Set<Tenant> call() {
        var tenantQueues = new LinkedHashSet<>(queue.untried());
        states.stirred().forEach(equivalenceClass -> tenantQueues.addAll(queue.of(equivalenceClass)));
        var tenants = new LinkedHashSet<Tenant>();
        for (var tenantQueue : tenantQueues) {
            tenantQueue.tenant().call(tenantQueue);
            tenants.add(tenantQueue.tenant());
        }
        return tenants;
    }

    private void settle(TenantQueue tenantQueue) {
        if (queue.lacks(tenantQueue)) {
            queue.unsettle(tenantQueue);
        } else {
            queue.settle(tenantQueue);
        }
    }

    private boolean placeOne(Tenant tenant) {
        for (var tenantQueue = tenant.next(); tenantQueue != null; tenantQueue = tenant.next()) {
            if (queue.lacks(tenantQueue)) {
                // What is counted only gets less in a cycle: none of its jobs starts.
                continue;
            }
            var queued = tenantQueue.candidate();
            var placement = selector.choose(queued);
            if (placement.isPresent()) {
                place(queued, placement.get());
                tenantQueue.placed();
            } else {
                tenantQueue.skip();
            }
            tenant.walk(tenantQueue);
            if (placement.isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void place(QueuedJob queued, Placement placement) {
        placements.add(placement);
        gone.add(queued);
        queue.remove(queued.uid());
        var claim = placement.claim();
        queue.claimed(claim);
        reservations.started(states.claim(claim));
        if (reservations.of(queued.uid()).isPresent()) {
            freed.add(queued.uid());
        }
    }

    /** What was placed, in that order. */
    List<Placement> placements() {
        return placements;
    }

    /** The jobs of what was placed. */
    List<QueuedJob> gone() {
        return gone;
    }
}
