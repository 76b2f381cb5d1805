package dev.smartdispatcher.operator.scheduler.fairshare;

import java.time.Duration;
import java.util.Map;

/**
 * What tenants share, and by which rules. A tenant is a namespace.
 *
 * @param halfLife after which half of what a tenant used is forgotten; positive
 * @param byTenant what differs from {@link Share#ORDINARY}
 * @param maxReservedPercent part of the farm's cores that may be on workers on which room is reserved, for all tenants together
 * @param counted units that the farm has of each counted resource, by name
 */
public record Shares(
        Duration halfLife, Map<String, Share> byTenant, int maxReservedPercent, Map<String, Integer> counted) {
    /** Equal shares without limits, and four hours. */
    public static final Shares STANDARD = new Shares(Duration.ofHours(4), Map.of());

    private static final int RESERVED_PERCENT = 25;

    /** With a quarter of the farm for reservations. */
    public Shares(Duration halfLife, Map<String, Share> byTenant) {
        this(halfLife, byTenant, RESERVED_PERCENT);
    }

    /** Without counted resources. */
    public Shares(Duration halfLife, Map<String, Share> byTenant, int maxReservedPercent) {
        this(halfLife, byTenant, maxReservedPercent, Map.of());
    }

    public Shares {
        if (halfLife.isNegative() || halfLife.isZero()) {
            throw new IllegalArgumentException("no half-life: " + halfLife);
        }
        byTenant = Map.copyOf(byTenant);
        counted = Map.copyOf(counted);
    }

    /** The share of a tenant. */
    public Share of(String tenant) {
        return byTenant.getOrDefault(tenant, Share.ORDINARY);
    }

    /**
     * How much of the farm a tenant has, for its weight: the CPU that it has now and that it had lately on average, in
     * millicores. Room that is reserved for it counts as if it ran. The tenant with the least is served next.
     *
     * @param chargedMillis millicores allocated to it now, or kept for it
     * @param usedSeconds its decayed usage, in CPU seconds
     */
    public double load(String tenant, long chargedMillis, double usedSeconds) {
        return (chargedMillis + Usage.meanMillis(usedSeconds, halfLife))
                / of(tenant).weight();
    }
}
