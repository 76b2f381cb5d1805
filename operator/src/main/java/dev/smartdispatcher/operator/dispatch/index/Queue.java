package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.share.Hold;
import dev.smartdispatcher.operator.dispatch.share.Shares;
import dev.smartdispatcher.operator.dispatch.share.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The waiting jobs in their lanes, and their tenants: brought up to date by what changes. */
public final class Queue {
    /** CPU seconds of which no trace is left: what one core does in a millisecond. */
    private static final double NO_USAGE = 1e-3;

    private final Slots slots;
    private final Map<String, Entry> byUid = new HashMap<>();
    private final List<Entry> all = new ArrayList<>();
    private final Map<String, Tenant> tenants = new TreeMap<>();
    private final Set<Lane> untried = new LinkedHashSet<>();
    private Shares shares;
    private long turn;
    private Instant now;

    public Queue(Slots slots, Shares shares, Instant now) {
        this.slots = slots;
        this.shares = shares;
        this.now = now;
    }

    /** Time goes on: usage grows by what is claimed and kept, and decays. Tenants of which nothing is left are forgotten. */
    public void advance(Instant time) {
        now = time;
        tenants.values().forEach(t -> t.usage = t.usage.at(time, t.chargedMillis(), shares.halfLife()));
        tenants.values()
                .removeIf(t -> t.lanes.isEmpty()
                        && t.jobs == 0
                        && !t.isHeld()
                        && !t.hasReserved()
                        && t.usage.cpuSeconds() < NO_USAGE);
    }

    /** Adds a job, in place of what is known of it; returns its entry. */
    public Entry put(PendingJob job) {
        var before = byUid.get(job.key().uid());
        if (before != null) {
            if (before.asked.equals(job)) {
                return before;
            }
            remove(before);
        }
        var tenant = tenant(job.tenant());
        var demand = slots.demand(job.requirements());
        var lane = tenant.lanes.computeIfAbsent(demand, d -> {
            var added = new Lane(tenant, d);
            d.lanes.add(added);
            return added;
        });
        var entry = new Entry(job, lane);
        if (before != null) {
            entry.toldReason = before.toldReason;
            entry.toldHash = before.toldHash;
            entry.toldStart = before.toldStart;
        }
        byUid.put(entry.uid(), entry);
        entry.index = all.size();
        all.add(entry);
        place(entry);
        return entry;
    }

    /** Takes a job out; null if it was not there. */
    public Entry remove(String uid) {
        var entry = byUid.get(uid);
        if (entry != null) {
            remove(entry);
        }
        return entry;
    }

    private void remove(Entry entry) {
        byUid.remove(entry.uid());
        entry.lane.keep(entry, false);
        var last = all.remove(all.size() - 1);
        if (last != entry) {
            all.set(entry.index, last);
            last.index = entry.index;
        }
        var lane = entry.lane;
        (entry.ready ? lane.ready : lane.parked).remove(entry);
        if (lane.isEmpty()) {
            lane.tenant.lanes.remove(lane.demand);
            lane.demand.lanes.remove(lane);
            untried.remove(lane);
        }
        press(lane);
    }

    private void place(Entry entry) {
        var demand = entry.lane.demand;
        entry.begin(demand.standing(entry));
        entry.ready = demand.canHost(entry);
        entry.turn = ++turn;
        (entry.ready ? entry.lane.ready : entry.lane.parked).add(entry);
        if (entry.ready) {
            untried.add(entry.lane);
        }
        press(entry.lane);
    }

    private void press(Lane lane) {
        long pressing = Math.min(lane.ready.size(), lane.tenant.startable());
        if (pressing != lane.pressing) {
            lane.demand.pressed(pressing - lane.pressing);
            lane.pressing = pressing;
            slots.repress();
        }
    }

    /** An attempt of a tenant's job takes room. */
    public void claimed(Claim claim) {
        account(claim, 1);
    }

    /** An attempt of a tenant's job takes no room any more. */
    public void released(Claim claim) {
        account(claim, -1);
    }

    private void account(Claim claim, int sign) {
        var tenant = tenant(claim.tenant());
        tenant.runningMillis += sign * claim.room().cpuMillis();
        tenant.jobs += sign;
        if (tenant.share.maxJobs() != Integer.MAX_VALUE || tenant.isHeld()) {
            tenant.lanes.values().forEach(this::press);
        }
    }

    /** Whether a tenant has fewer jobs on workers than it may. */
    public boolean mayStart(String tenant) {
        var known = tenants.get(tenant);
        return known == null ? shares.of(tenant).maxJobs() > 0 : known.mayStart();
    }

    /** The share of each tenant from now on. */
    public void share(Shares newShares) {
        shares = newShares;
        for (var tenant : tenants.values()) {
            tenant.share = shares.of(tenant.name);
            tenant.lanes.values().forEach(this::press);
        }
    }

    /** How many of a tenant's jobs may start from now on, beside those that its share allows. Returns whether others are told why. */
    public boolean hold(String name, Hold hold) {
        var tenant = tenant(name);
        var before = tenant.told();
        tenant.hold(hold);
        tenant.lanes.values().forEach(this::press);
        return !before.equals(hold.told());
    }

    /** Whether a job of the tenant waits that some worker could host. */
    public boolean hasReady(String name) {
        return tenant(name).lanes.values().stream().anyMatch(lane -> lane.ready.size() > 0);
    }

    /** The jobs of a tenant that wait. */
    public List<Entry> of(String name) {
        var entries = new ArrayList<Entry>();
        tenant(name).lanes.values().forEach(lane -> {
            lane.ready.forEach(entries::add);
            lane.parked.forEach(entries::add);
        });
        return entries;
    }

    /** What a tenant had used when this began. */
    public void restore(String tenant, Usage usage) {
        tenant(tenant).usage = usage.at(now, 0, shares.halfLife());
    }

    /** The tenant of a name. */
    public Tenant tenant(String name) {
        return tenants.computeIfAbsent(name, n -> new Tenant(n, shares.of(n), new Usage(0, now)));
    }

    /** A worker can host more than before: jobs that were parked may be ready, and long ones begin with more. */
    public void hostsMore(Slot slot) {
        for (var member : slot.members) {
            for (var lane : member.demand.lanes) {
                var found = new ArrayList<Entry>();
                lane.parked.forEach(e -> {
                    if (Demand.hosts(slot, e)) {
                        found.add(e);
                    }
                });
                lane.ready.forEach(e -> {
                    if (e.least() < e.goal && Demand.standing(slot, e) > e.least()) {
                        found.add(e);
                    }
                });
                found.forEach(this::move);
            }
        }
    }

    /**
     * A worker that could serve them can host less than before, or not for long: jobs that were ready may have no worker any
     * more, and long ones begin with less.
     *
     * @param budget that it had
     */
    public void hostsLess(Collection<Demand> demands, Room budget) {
        for (var demand : demands) {
            boolean hosted = demand.hasBudget(budget);
            if (hosted && demand.hasLastingBudget(budget)) {
                continue;
            }
            for (var lane : demand.lanes) {
                var found = new ArrayList<Entry>();
                lane.ready.forEach(e -> {
                    if (e.isRaised() ? demand.standing(e) < e.least() : !hosted && !demand.canHost(e)) {
                        found.add(e);
                    }
                });
                found.forEach(this::move);
            }
        }
    }

    private void move(Entry entry) {
        (entry.ready ? entry.lane.ready : entry.lane.parked).remove(entry);
        place(entry);
    }

    /** All jobs were tried on all workers. */
    public void settle(Lane lane) {
        lane.tried = turn;
        untried.remove(lane);
    }

    /** Not all jobs of a lane could be tried. */
    public void unsettle(Lane lane) {
        lane.tried = Long.MIN_VALUE;
        if (!lane.isEmpty()) {
            untried.add(lane);
        }
    }

    /** Lanes with jobs that have not been tried on all workers. */
    public Set<Lane> untried() {
        return untried;
    }

    /** All tenants, poorest first by their load now. */
    public List<Tenant> poorestFirst() {
        tenants.values().forEach(this::weigh);
        return tenants.values().stream().sorted(Tenant.POOREST).toList();
    }

    /** Finds out a tenant's load now. */
    public void weigh(Tenant tenant) {
        tenant.load = shares.load(tenant.name, tenant.chargedMillis(), tenant.usage.cpuSeconds());
    }

    public Shares shares() {
        return shares;
    }

    public Collection<Tenant> tenants() {
        return tenants.values();
    }

    public Entry entry(String uid) {
        return byUid.get(uid);
    }

    public List<Entry> all() {
        return all;
    }
}
