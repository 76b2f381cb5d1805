package dev.smartdispatcher.e2e.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Which requests are disturbed, and how: by a seed, and by how bad the connection is at the moment. Safe for use by several
 * threads. The order of requests is not the seed's, so that two runs with one seed are alike, not equal.
 */
class FaultDice {
    private static final List<RequestFault> OF_WRITES = List.of(
            RequestFault.OVERTAKEN,
            RequestFault.LATE,
            RequestFault.DROPPED,
            RequestFault.UNANSWERED,
            RequestFault.DOUBLED,
            RequestFault.REFUSED,
            RequestFault.ERROR_AFTER);
    private static final List<RequestFault> OF_READS =
            List.of(RequestFault.OVERTAKEN, RequestFault.DROPPED, RequestFault.REFUSED);
    private static final List<RequestFault> OF_WATCHES = List.of(RequestFault.LAGGING, RequestFault.CUT);
    private static final List<Integer> ERRORS = List.of(500, 502, 503, 504);
    private static final List<Integer> REFUSALS = List.of(429, 500, 502, 503, 504);

    /** Reads are disturbed by this part as often as writes: they are many and do no harm. */
    private static final double READS = 0.3;
    /** Watches are few and live long: by this factor more often. */
    private static final double WATCHES = 4;

    private static final Duration LATEST = Duration.ofSeconds(25);
    private static final Duration CLIENT_GIVES_UP = Duration.ofSeconds(8);
    private static final Duration OVERTAKEN = Duration.ofSeconds(3);
    private static final Duration LAG = Duration.ofSeconds(10);
    private static final Duration WATCH_LIFE = Duration.ofSeconds(40);

    private final Random random;
    private volatile double share;

    FaultDice(long seed) {
        random = new Random(seed);
    }

    /** From now on this part of the writes is disturbed; 0: none. */
    void share(double newShare) {
        share = newShare;
    }

    synchronized RequestFault ofWrite() {
        return one(OF_WRITES, share);
    }

    synchronized RequestFault ofRead() {
        return one(OF_READS, share * READS);
    }

    synchronized RequestFault ofWatch() {
        return one(OF_WATCHES, Math.min(1, share * WATCHES));
    }

    private RequestFault one(List<RequestFault> faults, double part) {
        double roll = random.nextDouble();
        int which = random.nextInt(faults.size());
        return roll < part ? faults.get(which) : RequestFault.NONE;
    }

    /** How long a fault takes, in milliseconds, at least one. */
    synchronized long millis(RequestFault fault) {
        return switch (fault) {
            case OVERTAKEN -> between(Duration.ofMillis(50), OVERTAKEN);
            case LATE -> between(CLIENT_GIVES_UP, LATEST);
            case LAGGING -> between(Duration.ofSeconds(1), LAG);
            case CUT -> between(Duration.ofSeconds(1), WATCH_LIFE);
            default -> 1;
        };
    }

    /** A status with which something in between answers. */
    synchronized int status(RequestFault fault) {
        var codes = fault == RequestFault.REFUSED ? REFUSALS : ERRORS;
        return codes.get(random.nextInt(codes.size()));
    }

    private long between(Duration least, Duration most) {
        return least.toMillis() + (long) (random.nextDouble() * (most.toMillis() - least.toMillis()));
    }
}
