package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import dev.smartdispatcher.operator.scheduler.fairshare.Usage;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** A tenant: its tenant queues, and what it has of the farm. */
public final class Tenant {
    /** The poorest first. */
    public static final Comparator<Tenant> POOREST =
            Comparator.comparingDouble((Tenant t) -> t.load).thenComparing(t -> t.name);

    public final String name;
    public final Map<EquivalenceClass, TenantQueue> tenantQueues = new LinkedHashMap<>();
    /** The tenant queues that take part in a cycle, by their candidates. */
    public final PriorityQueue<TenantQueue> cycle =
            new PriorityQueue<>((a, b) -> QueuedJob.ORDER.compare(a.candidate(), b.candidate()));
    /** The tenant queues that are to take part in the cycle. */
    public final List<TenantQueue> called = new ArrayList<>();

    Share share;
    private NamespaceHold hold = NamespaceHold.NONE;
    /** Jobs that it may have on workers as the hold has it. */
    private int most = Integer.MAX_VALUE;

    public Usage usage;
    long runningMillis;
    /** Of the room that is reserved for its jobs. */
    private long reservedMillis;

    public int jobs;
    /** Of the last time it was asked for. */
    double load;

    /** What the walks of a cycle cost: chunks and jobs that were looked at. */
    long looks;

    private boolean started;
    /** Whether it was at its limit when its jobs were last told why they wait. */
    public boolean publishedLimited;

    Tenant(String name, Share share, Usage usage) {
        this.name = name;
        this.share = share;
        this.usage = usage;
    }

    public boolean mayStart() {
        return startable() > 0;
    }

    /** Whether its namespace refuses what its jobs need, or did a moment ago. */
    public boolean isHeld() {
        return hold != NamespaceHold.NONE;
    }

    /** Why its jobs wait, whatever workers there are; empty if that is for want of workers. */
    public Optional<NamespaceHold.Told> published() {
        return hold.published();
    }

    void hold(NamespaceHold now) {
        hold = now;
        most = (int) Math.min(Integer.MAX_VALUE, (long) jobs + now.allowance());
    }

    /** Millicores allocated to its jobs, and kept for them: who reserves room from others pays for it. */
    public long chargedMillis() {
        return runningMillis + reservedMillis;
    }

    /** Whether room is reserved for its jobs. */
    boolean hasReserved() {
        return reservedMillis > 0;
    }

    /** So much more CPU is kept for its jobs. */
    public void reserved(long millis) {
        reservedMillis += millis;
    }

    /** Its jobs that some worker could host, in order; not to be used once the queue has changed. */
    public Iterator<PendingJob> line() {
        return new MergedQueues(tenantQueues.values());
    }

    /** How many more of its jobs may start. */
    int startable() {
        return Math.max(0, Math.min(share.maxJobs(), most) - jobs);
    }

    /** The walks through its tenant queues begin, if they have not yet. */
    public void start() {
        if (!started) {
            started = true;
            for (var tenantQueue : called) {
                tenantQueue.start();
                if (tenantQueue.candidate() != null) {
                    cycle.add(tenantQueue);
                }
            }
        }
    }

    /** What they have cost in this cycle: chunks of jobs and jobs that were looked at. */
    public long looks() {
        return looks;
    }

    /** A round is over. */
    public void dismiss() {
        started = false;
        looks = 0;
        called.clear();
        cycle.clear();
    }

    /** The place of a job among all of the tenant that wait, from 1. */
    public int position(QueuedJob queued) {
        int before = 0;
        for (var tenantQueue : tenantQueues.values()) {
            before += tenantQueue.ready.before(queued) + tenantQueue.inadmissible.before(queued);
        }
        return before + 1;
    }
}
