package dev.smartdispatcher.operator.dispatch.share;

import java.time.Duration;
import java.util.Map;

/**
 * The shares of all tenants. A tenant is a namespace.
 *
 * @param halfLife after which half of what a tenant used is forgotten; positive
 * @param byTenant what differs from {@link Share#ORDINARY}
 */
public record Shares(Duration halfLife, Map<String, Share> byTenant) {
    /** Equal shares without limits, and four hours. */
    public static final Shares STANDARD = new Shares(Duration.ofHours(4), Map.of());

    public Shares {
        if (halfLife.isNegative() || halfLife.isZero()) {
            throw new IllegalArgumentException("no half-life: " + halfLife);
        }
        byTenant = Map.copyOf(byTenant);
    }

    /** The share of a tenant. */
    public Share of(String tenant) {
        return byTenant.getOrDefault(tenant, Share.ORDINARY);
    }

    /**
     * How much of the farm a tenant has, for its weight: the CPU that it has now and that it had lately on average, in
     * millicores. The tenant with the least is served next.
     *
     * @param runningMillis millicores allocated to it now
     * @param usedSeconds its decayed usage, in CPU seconds
     */
    public double load(String tenant, long runningMillis, double usedSeconds) {
        return (runningMillis + Usage.meanMillis(usedSeconds, halfLife))
                / of(tenant).weight();
    }
}
