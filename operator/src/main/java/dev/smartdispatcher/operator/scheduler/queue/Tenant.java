package dev.smartdispatcher.operator.scheduler.queue;

import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.Usage;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimits;
import dev.smartdispatcher.operator.scheduler.index.EquivalenceClass;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** A tenant: its tenant queues, and what it has of the farm. */
public final class Tenant {
    /** The poorest first. */
    public static final Comparator<Tenant> POOREST =
            Comparator.comparingDouble((Tenant t) -> t.load).thenComparing(t -> t.name);

    /** CPU seconds of which no trace is left: what one core does in a millisecond. */
    private static final double NO_USAGE = 1e-3;

    private final String name;
    private final Map<EquivalenceClass, TenantQueue> tenantQueues = new LinkedHashMap<>();
    /** The tenant queues whose candidates are tried in a cycle. */
    private final PriorityQueue<TenantQueue> walked =
            new PriorityQueue<>((a, b) -> QueuedJob.ORDER.compare(a.candidate(), b.candidate()));
    /** The tenant queues that take part in the cycle. */
    private final List<TenantQueue> called = new ArrayList<>();

    private final TenantLimits limits;
    private Share share;
    private NamespaceHold hold = NamespaceHold.NONE;
    /** Jobs that it may have on workers as the hold has it. */
    private int most = Integer.MAX_VALUE;

    private Usage usage;
    private long runningMillis;
    /** Of the room that is reserved for its jobs. */
    private long reservedMillis;

    private int jobs;
    private double load;
    private long looks;
    private boolean started;
    private boolean limited;

    Tenant(String name, Share share, Usage usage, WorkerStates states) {
        this.name = name;
        this.share = share;
        limits = new TenantLimits(name, states);
        limits.set(share.limits());
        this.usage = usage;
    }

    public String name() {
        return name;
    }

    public Collection<TenantQueue> tenantQueues() {
        return Collections.unmodifiableCollection(tenantQueues.values());
    }

    /** The tenant queue of an equivalence class; empty if it has no jobs in it. */
    Optional<TenantQueue> tenantQueue(EquivalenceClass equivalenceClass) {
        return Optional.ofNullable(tenantQueues.get(equivalenceClass));
    }

    /** Adds the tenant queue of an equivalence class of which it had no jobs. */
    TenantQueue addQueue(EquivalenceClass equivalenceClass) {
        var added = new TenantQueue(this, equivalenceClass);
        tenantQueues.put(equivalenceClass, added);
        return added;
    }

    void removeQueue(TenantQueue tenantQueue) {
        tenantQueues.remove(tenantQueue.equivalenceClass());
    }

    /** Has another share from now on. */
    void share(Share newShare) {
        share = newShare;
        limits.set(newShare.limits());
    }

    /** An attempt of one of its jobs takes room. */
    void claimed(Claim claim) {
        runningMillis += claim.room().cpuMillis();
        jobs++;
        limits.stale();
    }

    /** An attempt of one of its jobs takes no room any more. */
    void released(Claim claim) {
        runningMillis -= claim.room().cpuMillis();
        jobs--;
        limits.stale();
    }

    /** Its limits on some of the workers that are reached. */
    public WorkerLimits reached() {
        return limits.reached();
    }

    TenantLimits limits() {
        return limits;
    }

    /** So much more CPU is reserved for its jobs, or less. */
    public void reserved(long millis) {
        reservedMillis += millis;
    }

    /** Number of jobs that it has on workers. */
    public int jobs() {
        return jobs;
    }

    /** Millicores allocated to its jobs, and reserved for them: who reserves room from others pays for it. */
    public long chargedMillis() {
        return runningMillis + reservedMillis;
    }

    /** As of the last scheduling cycle. */
    public Usage usage() {
        return usage;
    }

    /** Its usage grows by what it is charged, and decays, up to a time. */
    void advance(Instant time, Shares shares) {
        usage = usage.at(time, chargedMillis(), shares.halfLife());
    }

    /** Its usage was this when the operator started. */
    void restore(Usage past) {
        usage = past;
    }

    /** Determines its load now, by which tenants are compared. */
    void weigh(Shares shares) {
        load = shares.load(name, chargedMillis(), usage.cpuSeconds());
    }

    /** Whether nothing has to be remembered of it. */
    boolean isForgettable() {
        return tenantQueues.isEmpty() && jobs == 0 && !isHeld() && reservedMillis == 0 && usage.cpuSeconds() < NO_USAGE;
    }

    void hold(NamespaceHold now) {
        hold = now;
        most = (int) Math.min(Integer.MAX_VALUE, (long) jobs + now.allowance());
    }

    /** Whether its namespace refuses what its jobs need, or did a moment ago. */
    public boolean isHeld() {
        return hold != NamespaceHold.NONE;
    }

    /** Why its jobs wait, whatever workers there are; empty if they wait for want of workers. */
    public Optional<NamespaceHold.Published> published() {
        return hold.published();
    }

    public boolean mayStart() {
        return startable() > 0;
    }

    /** How many more of its jobs may start. */
    int startable() {
        return Math.max(0, Math.min(share.maxJobs(), most) - jobs);
    }

    /** Whether the number of its jobs on workers decides how many may start. */
    boolean isLimited() {
        return share.maxJobs() != Integer.MAX_VALUE || isHeld();
    }

    /** Whether it has reached its limit of jobs, or is below it again, since this was asked before. */
    public boolean hasLimitChanged() {
        boolean before = limited;
        limited = !isHeld() && !mayStart();
        return limited != before;
    }

    /** The jobs of some of its queues that some worker could host, in order; not to be used once the queue has changed. */
    Iterator<PendingJob> line(Predicate<TenantQueue> which) {
        return new MergedQueues(tenantQueues.values().stream().filter(which).toList());
    }

    /** The place of a job among all of the tenant that wait, from 1. */
    public int position(QueuedJob queued) {
        int before = 0;
        for (var tenantQueue : tenantQueues.values()) {
            before += tenantQueue.before(queued);
        }
        return before + 1;
    }

    /** One of its tenant queues takes part in the cycle. */
    public void call(TenantQueue tenantQueue) {
        called.add(tenantQueue);
    }

    /** The tenant queues that take part in the cycle. */
    public List<TenantQueue> called() {
        return Collections.unmodifiableList(called);
    }

    /** Takes the tenant queue with the next candidate in order; null if none is left. The walks begin with the first call. */
    public TenantQueue next() {
        if (!started) {
            started = true;
            for (var tenantQueue : called) {
                tenantQueue.start();
                walk(tenantQueue);
            }
        }
        return walked.poll();
    }

    /** The walk through a tenant queue continues, if there is a candidate. */
    public void walk(TenantQueue tenantQueue) {
        if (tenantQueue.candidate() != null) {
            walked.add(tenantQueue);
        }
    }

    /** A chunk of jobs or a job was looked at. */
    void looked() {
        looks++;
    }

    /** What the walks have cost in this cycle: chunks of jobs and jobs that were looked at. */
    public long looks() {
        return looks;
    }

    /** The walks are over. */
    public void dismiss() {
        started = false;
        looks = 0;
        called.clear();
        walked.clear();
    }
}
