package dev.smartdispatcher.agent.publish;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Signs of life: written by the agent's thread, read by those of the health endpoints and the metrics. */
public final class Pulse {
    /** The operator takes a worker for silent after as long; beats are never more than a minute apart. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private final Clock clock;
    private volatile Instant beat;
    private volatile Instant published = Instant.MIN;
    private volatile String failure = "";
    private volatile boolean refused;
    private volatile double clockSkewSeconds = Double.NaN;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong notWritten = new AtomicLong();

    public Pulse(Clock clock) {
        this.clock = clock;
        this.beat = clock.instant();
    }

    void beaten() {
        beat = clock.instant();
    }

    void published() {
        published = clock.instant();
        refused = false;
        failure = "";
        written.incrementAndGet();
    }

    /** By how much the node's clock is ahead of the API server's. */
    void clockSkew(long seconds) {
        clockSkewSeconds = seconds;
    }

    /**
     * Facts were not written.
     *
     * @param lasts whether that stays so until an administrator sees to it: then there is no use in being patient
     */
    void failed(String reason, boolean lasts) {
        failure = reason;
        refused = lasts;
        notWritten.incrementAndGet();
    }

    /** Whether the agent still goes round; it does without an API server too. */
    public boolean isAlive() {
        return isRecent(beat);
    }

    /** Whether the cluster has this node's facts. */
    public boolean isReady() {
        return !refused && isRecent(published);
    }

    /** Why it does not, for an administrator. */
    public String whyNotReady() {
        return "the cluster does not have this node's facts of late" + (failure.isEmpty() ? "" : ": " + failure);
    }

    /** How often facts were written. */
    public long written() {
        return written.get();
    }

    /** How often they could not be. */
    public long notWritten() {
        return notWritten.get();
    }

    /** By how much the node's clock is ahead of the API server's; not a number as long as that is not known. */
    public double clockSkewSeconds() {
        return clockSkewSeconds;
    }

    private boolean isRecent(Instant time) {
        return time.isAfter(clock.instant().minus(SILENCE));
    }
}
