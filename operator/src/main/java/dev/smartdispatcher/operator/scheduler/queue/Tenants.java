package dev.smartdispatcher.operator.scheduler.queue;

import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.Usage;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimits;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tenants of which something is known: jobs that wait, claims, reservations, usage, or a hold. */
public final class Tenants {
    private final Map<String, Tenant> byName = new TreeMap<>();
    private final WorkerStates states;
    private Shares shares;
    private Instant now;

    Tenants(Shares shares, Instant now, WorkerStates states) {
        this.states = states;
        this.shares = shares;
        this.now = now;
    }

    /** The tenant of a name, of which something is known from now on. */
    public Tenant of(String name) {
        return byName.computeIfAbsent(name, n -> new Tenant(n, shares.of(n), new Usage(0, now), states));
    }

    /** All, by name. */
    public Collection<Tenant> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Usage grows by what is charged, and decays, up to a time. Tenants of which nothing is left are forgotten. */
    public void advance(Instant time) {
        now = time;
        byName.values().forEach(t -> t.advance(time, shares));
        byName.values().removeIf(Tenant::isForgettable);
    }

    /** What a tenant had used when the operator started. */
    public void restore(String tenant, Usage usage) {
        of(tenant).restore(usage.at(now, 0, shares.halfLife()));
    }

    public Shares shares() {
        return shares;
    }

    /** The share of each tenant from now on. */
    void share(Shares newShares) {
        shares = newShares;
        byName.values().forEach(tenant -> tenant.share(shares.of(tenant.name())));
    }

    /** Whether a tenant has fewer jobs on workers than it may. */
    public boolean mayStart(String name) {
        var known = byName.get(name);
        return known == null ? shares.of(name).maxJobs() > 0 : known.mayStart();
    }

    /** The limits of a tenant on some of the workers that are reached. */
    public WorkerLimits reached(String name) {
        var known = byName.get(name);
        return known == null
                ? new WorkerLimits(shares.of(name).limits().stream()
                        .filter(limit -> limit.maxJobs() == 0)
                        .toList())
                : known.reached();
    }

    /** Workers have changed. */
    void limitsStale() {
        byName.values().forEach(tenant -> tenant.limits().stale());
    }

    /** Determines a tenant's load now. */
    public void weigh(Tenant tenant) {
        tenant.weigh(shares);
    }

    /** All, poorest first by their load now. */
    public List<Tenant> poorestFirst() {
        byName.values().forEach(this::weigh);
        return byName.values().stream().sorted(Tenant.POOREST).toList();
    }
}
