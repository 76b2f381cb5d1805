package dev.smartdispatcher.operator.scheduler.intake;

import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Admits waiting jobs to the scheduler, but no more than a number of equivalence classes of each tenant. Further classes
 * are held: they follow as others have no jobs any more, and a few of them at once when a look at the workers, of which each
 * pass takes some, shows that one of their jobs could start. So they cost their tenant time, and nobody else. Of a tenant with
 * fewer classes the dispatcher knows all jobs. Not safe for use by several threads.
 */
public final class Intake {
    /** Classes of a tenant that are never held. */
    public static final int MOST = IntakeLimits.STANDARD.standing();

    private final Scheduler scheduler;
    private final IntakeLimits limits;
    private final Map<String, TenantIntake> tenants = new HashMap<>();
    private final Map<String, IntakeClass> byUid = new HashMap<>();
    /** The tenants that have held classes, in turn. */
    private final Deque<TenantIntake> turns = new ArrayDeque<>();

    private int held;
    /** Looks that are left until each held class has been looked at since more could start. */
    private int left;

    private long openings;
    private long cycle;

    public Intake(Scheduler scheduler) {
        this(scheduler, IntakeLimits.STANDARD);
    }

    Intake(Scheduler scheduler, IntakeLimits limits) {
        this.scheduler = scheduler;
        this.limits = limits;
    }

    /** A job waits, or is not what it was. */
    public void put(PendingJob job) {
        var uid = job.key().uid();
        var before = byUid.get(uid);
        if (before != null && !before.requirements.equals(job.requirements())) {
            take(job.tenant(), uid, before);
        }
        var tenant = tenants.computeIfAbsent(job.tenant(), t -> new TenantIntake(scheduler, limits));
        int heldBefore = tenant.held();
        var known = tenant.of(job.requirements());
        known.jobs.put(uid, job);
        byUid.put(uid, known);
        count(tenant, heldBefore);
        if (known.admitted) {
            scheduler.put(job);
        } else {
            // A job of the class that was put before had other requirements, which the dispatcher may know.
            scheduler.removeJob(uid);
            left = Math.min(held, left + 1);
        }
    }

    /** A job waits no longer, or was placed. */
    public void remove(String tenant, String uid) {
        var known = byUid.remove(uid);
        if (known != null) {
            take(tenant, uid, known);
        }
        scheduler.removeJob(uid);
    }

    /** Takes a job out of its class, and that out of its tenant once it is empty. */
    private void take(String name, String uid, IntakeClass from) {
        from.jobs.remove(uid);
        if (from.jobs.isEmpty()) {
            var tenant = tenants.get(name);
            int heldBefore = tenant.held();
            tenant.drop(from);
            count(tenant, heldBefore);
            if (tenant.isEmpty()) {
                tenants.remove(name);
            }
        }
    }

    private void count(TenantIntake tenant, int before) {
        held += tenant.held() - before;
        if (before == 0 && tenant.held() > 0) {
            turns.add(tenant);
        } else if (before > 0 && tenant.held() == 0) {
            turns.remove(tenant);
        }
    }

    /** Looks at held classes, some of each tenant in turn, after a scheduling cycle; whether one was admitted, which the next cycle may place. */
    public boolean look(Instant now) {
        if (openings != scheduler.openings()) {
            openings = scheduler.openings();
            left = held;
        }
        cycle++;
        boolean admitted = false;
        int each = scheduler.workers() + 1;
        var full = new ArrayList<TenantIntake>();
        for (int work = limits.work(); work > 0 && left > 0 && !turns.isEmpty(); work -= each) {
            var tenant = turns.remove();
            if (tenant.isFull(cycle)) {
                full.add(tenant);
                continue;
            }
            left--;
            int before = tenant.held();
            admitted |= tenant.look(now, cycle);
            held += tenant.held() - before;
            if (tenant.held() > 0) {
                turns.add(tenant);
            }
        }
        turns.addAll(full);
        return admitted;
    }

    /** Whether held classes are left to be looked at: a look each second is enough, for it concerns their tenants alone. */
    public boolean isBehind() {
        return left > 0 && held > 0;
    }

    /** Whether the scheduler does not know a job yet. */
    public boolean isHeld(String uid) {
        var known = byUid.get(uid);
        return known != null && !known.admitted;
    }

    /** The number of a tenant's jobs that the scheduler does not know yet. */
    public int heldJobs(String tenant) {
        var known = tenants.get(tenant);
        return known == null ? 0 : (int) known.heldJobs().count();
    }

    /** The UIDs of the jobs that the scheduler does not know yet. */
    public Stream<String> held() {
        return turns.stream().flatMap(TenantIntake::heldJobs);
    }
}
