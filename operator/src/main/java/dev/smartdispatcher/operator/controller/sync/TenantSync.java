package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.policy.DispatchPolicyStatus;
import dev.smartdispatcher.api.policy.TenantUsage;
import dev.smartdispatcher.operator.controller.ElapsedTime;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.policy.TenantShares;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells the dispatcher of tenants, which are namespaces, and the policy of their usage. */
public final class TenantSync {
    /** What is written of usage is this old at most; a crash forgets no more. */
    private static final Duration TOLD_EACH = Duration.ofMinutes(1);

    private final ClusterView cluster;
    private final Map<String, Share> shares = new HashMap<>();
    private Instant published = Instant.MIN;

    TenantSync(ClusterView cluster) {
        this.cluster = cluster;
    }

    /** The shares of all tenants that are known. */
    Shares shares() {
        shares.replaceAll((tenant, share) -> share(tenant));
        return current();
    }

    /** Tells of a tenant if it is new. */
    void meet(String tenant, Scheduler scheduler) {
        if (!shares.containsKey(tenant)) {
            shares.put(tenant, share(tenant));
            if (!shares.get(tenant).equals(Share.ORDINARY)) {
                scheduler.share(current());
            }
        }
    }

    private Shares current() {
        return new Shares(
                Duration.ofSeconds(cluster.policy().usageHalfLifeSeconds()),
                shares,
                cluster.policy().maxReservedPercent(),
                cluster.policy().counted());
    }

    private Share share(String tenant) {
        return new TenantShares(cluster.policy().tenants()).of(cluster.namespaceLabels(tenant));
    }

    /** What tenants had used by the time that the policy's status states. */
    static Map<String, Usage> past(DispatchPolicyStatus status) {
        return status.tenants().stream()
                .collect(Collectors.toMap(TenantUsage::name, t -> new Usage(t.usage(), t.asOf()), (one, other) -> one));
    }

    /** What to publish: what was published before, unless that is old. */
    public List<TenantUsage> usage(List<TenantUsage> before, Scheduler scheduler, Instant now) {
        if (ElapsedTime.isLess(published, TOLD_EACH, now)) {
            return before;
        }
        published = now;
        return scheduler.usage().entrySet().stream()
                .filter(e -> e.getValue().cpuSeconds() >= 1)
                .sorted(Comparator.comparingDouble(
                                (Map.Entry<String, Usage> e) -> -e.getValue().cpuSeconds())
                        .thenComparing(Map.Entry::getKey))
                .limit(DispatchPolicyStatus.MOST_TENANTS)
                .map(e -> new TenantUsage(
                        e.getKey(), Math.round(e.getValue().cpuSeconds()), now.truncatedTo(ChronoUnit.SECONDS)))
                .sorted(Comparator.comparing(TenantUsage::name))
                .toList();
    }
}
