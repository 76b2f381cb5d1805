package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What tenants have of the farm, counted anew whenever it is asked for.
 *
 * @param placements of the scheduling cycle so far, to which more come
 */
record Tenants(Snapshot snapshot, List<Placement> placements, Reservations reservations) {

    double load(String tenant) {
        return snapshot.shares().load(tenant, charged(tenant), snapshot.usage().getOrDefault(tenant, 0.0));
    }

    boolean mayStart(String tenant) {
        return jobs(tenant) < snapshot.shares().of(tenant).maxJobs();
    }

    /** Millicores of what runs and of what is kept. */
    long charged(String tenant) {
        return reservations.reservedMillis(tenant) + running(tenant);
    }

    private long running(String tenant) {
        return claims(tenant).stream().mapToLong(c -> c.room().cpuMillis()).sum();
    }

    int jobs(String tenant) {
        return claims(tenant).size();
    }

    private Set<Claim> claims(String tenant) {
        var all = new HashSet<>(snapshot.claims());
        placements.forEach(p -> all.add(p.claim()));
        return all.stream().filter(c -> c.tenant().equals(tenant)).collect(Collectors.toSet());
    }

    int startable(String tenant) {
        return snapshot.shares().of(tenant).maxJobs() - jobs(tenant);
    }
}
