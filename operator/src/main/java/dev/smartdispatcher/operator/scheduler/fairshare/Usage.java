package dev.smartdispatcher.operator.scheduler.fairshare;

import java.time.Duration;
import java.time.Instant;

/**
 * What a tenant has had of the farm: CPU seconds allocated, of which half is forgotten each half-life. Never negative.
 *
 * @param asOf when it was this much
 */
public record Usage(double cpuSeconds, Instant asOf) {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1000;

    public Usage {
        cpuSeconds = Double.isFinite(cpuSeconds) ? Math.max(0, cpuSeconds) : 0;
    }

    /**
     * The usage later, if an amount of CPU was allocated all the while: the solution of u' = running - u ln 2 / halfLife. A
     * clock that went back makes no time pass.
     */
    public Usage at(Instant now, long runningMillis, Duration halfLife) {
        var passed = Duration.between(asOf, now);
        if (passed.isNegative() || passed.isZero()) {
            return new Usage(cpuSeconds, now);
        }
        double reserved = Math.pow(2, -seconds(passed) / seconds(halfLife));
        double steady = runningMillis / MILLIS * meanLife(halfLife);
        return new Usage(steady + (cpuSeconds - steady) * reserved, now);
    }

    /** The constant allocation that leads to such a usage in the long run, in millicores: the mean of the recent past. */
    static double meanMillis(double cpuSeconds, Duration halfLife) {
        return cpuSeconds / meanLife(halfLife) * MILLIS;
    }

    private static double meanLife(Duration halfLife) {
        return seconds(halfLife) / Math.log(2);
    }

    private static double seconds(Duration duration) {
        return duration.toSeconds() + duration.toNanosPart() / NANOS;
    }
}
