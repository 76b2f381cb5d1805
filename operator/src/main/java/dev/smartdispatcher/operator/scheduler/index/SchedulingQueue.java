package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.Usage;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The waiting jobs in their tenant queues, and their tenants: brought up to date by what changes. */
public final class SchedulingQueue {
    /** CPU seconds of which no trace is left: what one core does in a millisecond. */
    private static final double NO_USAGE = 1e-3;

    private final WorkerStates states;
    private final Map<String, QueuedJob> byUid = new HashMap<>();
    private final List<QueuedJob> all = new ArrayList<>();
    private final Map<String, Tenant> tenants = new TreeMap<>();
    private final Set<TenantQueue> untried = new LinkedHashSet<>();
    private Shares shares;
    private long turn;
    private Instant now;

    public SchedulingQueue(WorkerStates states, Shares shares, Instant now) {
        this.states = states;
        this.shares = shares;
        this.now = now;
    }

    /** Time goes on: usage grows by what is claimed and kept, and decays. Tenants of which nothing is left are forgotten. */
    public void advance(Instant time) {
        now = time;
        tenants.values().forEach(t -> t.usage = t.usage.at(time, t.chargedMillis(), shares.halfLife()));
        tenants.values()
                .removeIf(t -> t.tenantQueues.isEmpty()
                        && t.jobs == 0
                        && !t.isHeld()
                        && !t.hasReserved()
                        && t.usage.cpuSeconds() < NO_USAGE);
    }

    /** Adds a job, in place of what is known of it; returns it as it is queued. */
    public QueuedJob put(PendingJob job) {
        var before = byUid.get(job.key().uid());
        if (before != null) {
            if (before.asked.equals(job)) {
                return before;
            }
            remove(before);
        }
        var tenant = tenant(job.tenant());
        var equivalenceClass = states.equivalenceClass(job.requirements());
        var tenantQueue = tenant.tenantQueues.computeIfAbsent(equivalenceClass, d -> {
            var added = new TenantQueue(tenant, d);
            d.tenantQueues.add(added);
            return added;
        });
        var queued = new QueuedJob(job, tenantQueue);
        if (before != null) {
            queued.publishedReason = before.publishedReason;
            queued.publishedHash = before.publishedHash;
            queued.publishedStart = before.publishedStart;
        }
        byUid.put(queued.uid(), queued);
        queued.index = all.size();
        all.add(queued);
        place(queued);
        return queued;
    }

    /** Takes a job out; null if it was not there. */
    public QueuedJob remove(String uid) {
        var queued = byUid.get(uid);
        if (queued != null) {
            remove(queued);
        }
        return queued;
    }

    private void remove(QueuedJob queued) {
        byUid.remove(queued.uid());
        queued.tenantQueue.markReserved(queued, false);
        var last = all.remove(all.size() - 1);
        if (last != queued) {
            all.set(queued.index, last);
            last.index = queued.index;
        }
        var tenantQueue = queued.tenantQueue;
        (queued.ready ? tenantQueue.ready : tenantQueue.inadmissible).remove(queued);
        if (tenantQueue.isEmpty()) {
            tenantQueue.tenant.tenantQueues.remove(tenantQueue.equivalenceClass);
            tenantQueue.equivalenceClass.tenantQueues.remove(tenantQueue);
            untried.remove(tenantQueue);
        }
        press(tenantQueue);
    }

    private void place(QueuedJob queued) {
        var equivalenceClass = queued.tenantQueue.equivalenceClass;
        queued.begin(equivalenceClass.standing(queued));
        queued.ready = equivalenceClass.canHost(queued);
        queued.turn = ++turn;
        (queued.ready ? queued.tenantQueue.ready : queued.tenantQueue.inadmissible).add(queued);
        if (queued.ready) {
            untried.add(queued.tenantQueue);
        }
        press(queued.tenantQueue);
    }

    private void press(TenantQueue tenantQueue) {
        long pressing = Math.min(tenantQueue.ready.size(), tenantQueue.tenant.startable());
        if (pressing != tenantQueue.pressing) {
            tenantQueue.equivalenceClass.pressed(pressing - tenantQueue.pressing);
            tenantQueue.pressing = pressing;
            states.repress();
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
            tenant.tenantQueues.values().forEach(this::press);
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
            tenant.tenantQueues.values().forEach(this::press);
        }
    }

    /** How many of a tenant's jobs may start from now on, beside those that its share allows. Returns whether others are told why. */
    public boolean hold(String name, NamespaceHold hold) {
        var tenant = tenant(name);
        var before = tenant.published();
        tenant.hold(hold);
        tenant.tenantQueues.values().forEach(this::press);
        return !before.equals(hold.published());
    }

    /** Whether a job of the tenant waits that some worker could host. */
    public boolean hasReady(String name) {
        return tenant(name).tenantQueues.values().stream().anyMatch(tenantQueue -> tenantQueue.ready.size() > 0);
    }

    /** The jobs of a tenant that wait. */
    public List<QueuedJob> of(String name) {
        var entries = new ArrayList<QueuedJob>();
        tenant(name).tenantQueues.values().forEach(tenantQueue -> {
            tenantQueue.ready.forEach(entries::add);
            tenantQueue.inadmissible.forEach(entries::add);
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

    /** A worker can host more than before: jobs that were inadmissible may be ready, and long ones begin with more. */
    public void hostsMore(WorkerState state) {
        for (var candidate : state.candidates) {
            for (var tenantQueue : candidate.equivalenceClass.tenantQueues) {
                var found = new ArrayList<QueuedJob>();
                tenantQueue.inadmissible.forEach(e -> {
                    if (EquivalenceClass.hosts(state, e)) {
                        found.add(e);
                    }
                });
                tenantQueue.ready.forEach(e -> {
                    if (e.least() < e.goal && EquivalenceClass.standing(state, e) > e.least()) {
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
    public void hostsLess(Collection<EquivalenceClass> equivalenceClasses, Room budget) {
        for (var equivalenceClass : equivalenceClasses) {
            boolean hosted = equivalenceClass.hasBudget(budget);
            if (hosted && equivalenceClass.hasLastingBudget(budget)) {
                continue;
            }
            for (var tenantQueue : equivalenceClass.tenantQueues) {
                var found = new ArrayList<QueuedJob>();
                tenantQueue.ready.forEach(e -> {
                    if (e.isRaised()
                            ? equivalenceClass.standing(e) < e.least()
                            : !hosted && !equivalenceClass.canHost(e)) {
                        found.add(e);
                    }
                });
                found.forEach(this::move);
            }
        }
    }

    private void move(QueuedJob queued) {
        (queued.ready ? queued.tenantQueue.ready : queued.tenantQueue.inadmissible).remove(queued);
        place(queued);
    }

    /** All jobs were tried on all workers. */
    public void settle(TenantQueue tenantQueue) {
        tenantQueue.tried = turn;
        untried.remove(tenantQueue);
    }

    /** Not all jobs of a tenant queue could be tried. */
    public void unsettle(TenantQueue tenantQueue) {
        tenantQueue.tried = Long.MIN_VALUE;
        if (!tenantQueue.isEmpty()) {
            untried.add(tenantQueue);
        }
    }

    /** Lanes with jobs that have not been tried on all workers. */
    public Set<TenantQueue> untried() {
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

    public QueuedJob queued(String uid) {
        return byUid.get(uid);
    }

    public List<QueuedJob> all() {
        return all;
    }
}
