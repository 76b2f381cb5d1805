package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.operator.dispatch.index.Entry;
import dev.smartdispatcher.operator.dispatch.index.Queue;
import dev.smartdispatcher.operator.dispatch.index.Slots;
import dev.smartdispatcher.operator.dispatch.index.Tenant;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Places all that can start: again and again the first job that can start of the poorest tenant that has one. Only lanes are
 * walked through that have new jobs or could use a worker on which more may start than before.
 */
final class Round {
    private final Slots slots;
    private final Queue queue;
    private final Reserver reserver;
    private final Chooser chooser;
    private final List<Placement> placements = new ArrayList<>();
    private final List<Entry> gone = new ArrayList<>();
    private final List<String> freed = new ArrayList<>();

    private final int most;
    private boolean cut;
    private long looks;

    /**
     * One round.
     *
     * @param most jobs to place
     */
    Round(Slots slots, Queue queue, Reserver reserver, Chooser chooser, int most) {
        this.slots = slots;
        this.queue = queue;
        this.reserver = reserver;
        this.chooser = chooser;
        this.most = most;
    }

    /** Places what it can. */
    void run() {
        var tenants = call();
        var poorest = new PriorityQueue<>(Tenant.POOREST);
        for (var tenant : tenants) {
            queue.weigh(tenant);
            poorest.add(tenant);
        }
        while (!poorest.isEmpty() && !cut) {
            var tenant = poorest.poll();
            if (!tenant.mayStart()) {
                tenant.called.forEach(queue::unsettle);
            } else if (placeOne(tenant)) {
                queue.weigh(tenant);
                poorest.add(tenant);
                cut = placements.size() == most;
            } else {
                tenant.called.forEach(queue::settle);
            }
        }
        looks = tenants.stream().mapToLong(Tenant::looks).sum();
        tenants.forEach(Tenant::dismiss);
        if (!cut) {
            slots.settle();
        }
        freed.forEach(reserver::release);
    }

    /** Looks at jobs and blocks of jobs. */
    long looks() {
        return looks;
    }

    /** Whether it ended before all were tried. */
    boolean isCut() {
        return cut;
    }

    /** Whether room was kept for one of those that it placed, which is free now. */
    boolean hasFreed() {
        return !freed.isEmpty();
    }

    /** The tenants of all lanes that may have something to start. */
    private Set<Tenant> call() {
        var lanes = new LinkedHashSet<>(queue.untried());
        slots.stirred().forEach(demand -> lanes.addAll(demand.lanes));
        var tenants = new LinkedHashSet<Tenant>();
        for (var lane : lanes) {
            lane.tenant.called.add(lane);
            tenants.add(lane.tenant);
        }
        return tenants;
    }

    private boolean placeOne(Tenant tenant) {
        tenant.start();
        while (!tenant.round.isEmpty()) {
            var lane = tenant.round.poll();
            var entry = lane.candidate();
            var placement = chooser.choose(entry);
            if (placement.isPresent()) {
                place(entry, placement.get());
                lane.placed();
            } else {
                lane.skip();
            }
            if (lane.candidate() != null) {
                tenant.round.add(lane);
            }
            if (placement.isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void place(Entry entry, Placement placement) {
        placements.add(placement);
        gone.add(entry);
        queue.remove(entry.uid());
        var claim = placement.claim();
        queue.claimed(claim);
        slots.claim(claim);
        reserver.started(slots.of(claim.worker()));
        if (reserver.of(entry.uid()).isPresent()) {
            freed.add(entry.uid());
        }
    }

    /** What was placed, in that order. */
    List<Placement> placements() {
        return placements;
    }

    /** The entries of what was placed. */
    List<Entry> gone() {
        return gone;
    }
}
