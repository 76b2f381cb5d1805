package dev.smartdispatcher.operator.scheduler.queue;

import dev.smartdispatcher.api.policy.CountedUse;
import dev.smartdispatcher.operator.scheduler.admission.CountedBudget;
import dev.smartdispatcher.operator.scheduler.explain.CountedShortage;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.index.EquivalenceClass;
import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The waiting jobs in their tenant queues, and their tenants: brought up to date by what changes. */
public final class SchedulingQueue {
    private final WorkerStates states;
    private final Tenants tenants;
    private final CountedBudget counted;
    private final QueuedJobs jobs = new QueuedJobs();
    private final Map<EquivalenceClass, List<TenantQueue>> byClass = new HashMap<>();
    private final Set<TenantQueue> untried = new LinkedHashSet<>();
    /** Counts the jobs that came, or that a worker became able to host. */
    private long turn;

    public SchedulingQueue(WorkerStates states, Shares shares, Instant now) {
        this.states = states;
        tenants = new Tenants(shares, now, states);
        counted = new CountedBudget(shares.counted());
    }

    /** Adds a job, in place of what is known of it; returns it as it is queued. */
    public QueuedJob put(PendingJob job) {
        var before = jobs.get(job.key().uid());
        if (before != null) {
            if (before.asked().equals(job)) {
                return before;
            }
            remove(before);
        }
        var queued = new QueuedJob(job, tenantQueue(job));
        if (before != null) {
            queued.replace(before);
        }
        jobs.add(queued);
        place(queued);
        return queued;
    }

    private TenantQueue tenantQueue(PendingJob job) {
        var tenant = tenants.of(job.tenant());
        var equivalenceClass = states.equivalenceClass(requirements(job, tenant));
        return tenant.tenantQueue(equivalenceClass).orElseGet(() -> {
            var added = tenant.addQueue(equivalenceClass);
            byClass.computeIfAbsent(equivalenceClass, c -> new ArrayList<>()).add(added);
            equivalenceClass.addQueue();
            return added;
        });
    }

    /** Jobs of a tenant with limits on some of the workers share no class with others': the workers open to them are not the same. */
    private static Requirements requirements(PendingJob job, Tenant tenant) {
        return tenant.limits().isEmpty()
                ? job.requirements()
                : job.requirements().withLimited(Optional.of(tenant.name()));
    }

    private void drop(TenantQueue tenantQueue) {
        var equivalenceClass = tenantQueue.equivalenceClass();
        tenantQueue.tenant().removeQueue(tenantQueue);
        byClass.computeIfPresent(equivalenceClass, (c, queues) -> {
            queues.remove(tenantQueue);
            return queues.isEmpty() ? null : queues;
        });
        equivalenceClass.removeQueue();
        untried.remove(tenantQueue);
    }

    /** Takes a job out; null if it was not there. */
    public QueuedJob remove(String uid) {
        var queued = jobs.get(uid);
        if (queued != null) {
            remove(queued);
        }
        return queued;
    }

    private void remove(QueuedJob queued) {
        jobs.remove(queued);
        var tenantQueue = queued.tenantQueue();
        tenantQueue.markReserved(queued, false);
        tenantQueue.remove(queued);
        if (tenantQueue.isEmpty()) {
            drop(tenantQueue);
        }
        press(tenantQueue);
    }

    private void place(QueuedJob queued) {
        var tenantQueue = queued.tenantQueue();
        queued.assess(tenantQueue.equivalenceClass(), ++turn);
        tenantQueue.add(queued);
        if (queued.isReady()) {
            untried.add(tenantQueue);
        }
        press(tenantQueue);
    }

    private void press(TenantQueue tenantQueue) {
        long more = tenantQueue.press(
                counted.startable(tenantQueue.equivalenceClass().counted()));
        if (more != 0) {
            states.press(tenantQueue.equivalenceClass(), more);
        }
    }

    private void press(Tenant tenant) {
        tenant.tenantQueues().forEach(this::press);
    }

    /** A worker can host more than before: jobs that were inadmissible may be ready, and long ones begin with more. */
    public void hostsMore(WorkerState state) {
        for (var equivalenceClass : state.equivalenceClasses()) {
            for (var tenantQueue : of(equivalenceClass)) {
                var found = new ArrayList<QueuedJob>();
                tenantQueue.forEachInadmissible(queued -> {
                    if (state.hosts(queued.job().envelope())) {
                        found.add(queued);
                    }
                });
                tenantQueue.forEachReady(queued -> {
                    if (queued.wouldRise(state)) {
                        found.add(queued);
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
            for (var tenantQueue : of(equivalenceClass)) {
                var found = new ArrayList<QueuedJob>();
                tenantQueue.forEachReady(queued -> {
                    if (queued.isRaised()
                            ? queued.wouldFall(equivalenceClass)
                            : !hosted && !equivalenceClass.canHost(queued.job().envelope())) {
                        found.add(queued);
                    }
                });
                found.forEach(this::move);
            }
        }
    }

    /** A job that could have started and did not is to be tried on all workers again. */
    public void retry(String uid) {
        var queued = jobs.get(uid);
        if (queued != null) {
            move(queued);
        }
    }

    private void move(QueuedJob queued) {
        queued.tenantQueue().remove(queued);
        place(queued);
    }

    /** All jobs of a tenant queue were tried on all workers. */
    public void settle(TenantQueue tenantQueue) {
        tenantQueue.tried(turn);
        untried.remove(tenantQueue);
    }

    /** Not all jobs of a tenant queue could be tried. */
    public void unsettle(TenantQueue tenantQueue) {
        tenantQueue.untried();
        if (!tenantQueue.isEmpty()) {
            untried.add(tenantQueue);
        }
    }

    /** The tenant queues with jobs that have not been tried on all workers. */
    public Set<TenantQueue> untried() {
        return Collections.unmodifiableSet(untried);
    }

    /** The tenant queues of an equivalence class. */
    public List<TenantQueue> of(EquivalenceClass equivalenceClass) {
        return byClass.getOrDefault(equivalenceClass, List.of());
    }

    public QueuedJob queued(String uid) {
        return jobs.get(uid);
    }

    /** All jobs. A job that is removed is replaced by the last one. */
    public List<QueuedJob> all() {
        return jobs.list();
    }

    /** The jobs of a tenant. */
    public List<QueuedJob> of(String tenant) {
        var found = new ArrayList<QueuedJob>();
        for (var tenantQueue : tenants.of(tenant).tenantQueues()) {
            tenantQueue.forEachReady(found::add);
            tenantQueue.forEachInadmissible(found::add);
        }
        return found;
    }

    /** Whether a job of the tenant waits that some worker could host. */
    public boolean hasReady(String tenant) {
        return tenants.of(tenant).tenantQueues().stream().anyMatch(TenantQueue::hasReady);
    }

    /** An attempt of a tenant's job takes room. */
    public void claimed(Claim claim) {
        counted.claimed(claim);
        account(claim, tenant -> tenant.claimed(claim));
    }

    /** An attempt of a tenant's job takes no room any more. */
    public void released(Claim claim) {
        counted.released(claim);
        account(claim, tenant -> tenant.released(claim));
        retryCounted(claim.counted().keySet());
    }

    private void account(Claim claim, Consumer<Tenant> change) {
        var tenant = tenants.of(claim.tenant());
        change.accept(tenant);
        if (tenant.isLimited()) {
            press(tenant);
        }
        if (!claim.counted().isEmpty()) {
            queuesFor(claim.counted().keySet()).forEach(this::press);
        }
    }

    private List<TenantQueue> queuesFor(Set<String> names) {
        return byClass.entrySet().stream()
                .filter(one -> !Collections.disjoint(one.getKey().counted().keySet(), names))
                .flatMap(one -> one.getValue().stream())
                .toList();
    }

    /** More of these counted resources may be free: no worker tells those that waited for it. */
    private void retryCounted(Set<String> names) {
        if (!names.isEmpty()) {
            queuesFor(names).stream().filter(TenantQueue::hasReady).forEach(this::unsettle);
        }
    }

    /** Whether the jobs of a tenant queue need more of counted resources than is free. */
    public boolean lacks(TenantQueue tenantQueue) {
        return lacks(tenantQueue.equivalenceClass().counted());
    }

    /** Whether this need of counted resources is more than is free. */
    public boolean lacks(Map<String, Integer> need) {
        return counted.startable(need) == 0;
    }

    /** What a job lacks of counted resources; empty if nothing. */
    public Optional<CountedShortage> shortage(QueuedJob queued) {
        return counted.shortage(queued.equivalenceClass().counted());
    }

    /** What is in use of counted resources. */
    public List<CountedUse> countedUse() {
        return counted.use();
    }

    /** How often units of counted resources were released. */
    public long countedReleases() {
        return counted.releases();
    }

    /** The jobs that lack counted resources and did not when this was asked before, or the other way round. */
    public List<QueuedJob> changedLacks() {
        var changed = new ArrayList<QueuedJob>();
        byClass.forEach((equivalenceClass, queues) -> {
            if (!equivalenceClass.counted().isEmpty()) {
                boolean lacks = lacks(equivalenceClass.counted());
                queues.stream().filter(q -> q.hasLackChanged(lacks)).forEach(q -> {
                    q.forEachReady(changed::add);
                    q.forEachInadmissible(changed::add);
                });
            }
        });
        return changed;
    }

    /** A tenant's jobs that some worker could host and that lack nothing counted, in order; not to be used once the queue has changed. */
    public Iterator<PendingJob> line(Tenant tenant) {
        return tenant.line(tenantQueue -> !lacks(tenantQueue));
    }

    /** The share of each tenant from now on. */
    public void share(Shares shares) {
        tenants.share(shares);
        if (counted.set(shares.counted())) {
            byClass.forEach((equivalenceClass, queues) ->
                    retryCounted(equivalenceClass.counted().keySet()));
        }
        for (var tenant : tenants.all()) {
            of(tenant.name()).stream()
                    .filter(queued -> !queued.equivalenceClass().isOf(requirements(queued.asked(), tenant)))
                    .forEach(this::putAgain);
        }
        tenants.all().forEach(this::press);
    }

    private void putAgain(QueuedJob before) {
        remove(before);
        var queued = new QueuedJob(before.asked(), tenantQueue(before.asked()));
        queued.replace(before);
        jobs.add(queued);
        place(queued);
    }

    /** Workers have changed, and with them what limits on some of them cover. */
    public void limitsStale() {
        tenants.limitsStale();
    }

    /** A cycle begins: more may start on workers whose limits are not reached any more. Returns the tenants whose reached limits changed. */
    public List<Tenant> freeLimits() {
        return tenants.all().stream().filter(tenant -> tenant.limits().free()).toList();
    }

    /** How many of a tenant's jobs may start from now on, beside those that its share allows. Returns whether the reason for the others changed. */
    public boolean hold(String name, NamespaceHold hold) {
        var tenant = tenants.of(name);
        var before = tenant.published();
        tenant.hold(hold);
        press(tenant);
        return !before.equals(hold.published());
    }

    public Tenants tenants() {
        return tenants;
    }
}
