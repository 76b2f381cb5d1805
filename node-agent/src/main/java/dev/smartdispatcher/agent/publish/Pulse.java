package dev.smartdispatcher.agent.publish;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Signs of life: written by the agent's thread, read by those of the health endpoints. */
public final class Pulse {
    /** The operator takes a worker for silent after as long; beats are never more than a minute apart. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private final Clock clock;
    private volatile Instant beat;
    private volatile Instant published = Instant.MIN;
    private volatile String failure = "";
    private volatile boolean refused;

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
    }

    /**
     * Facts were not written.
     *
     * @param lasts whether that stays so until an administrator sees to it: then there is no use in being patient
     */
    void failed(String reason, boolean lasts) {
        failure = reason;
        refused = lasts;
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

    private boolean isRecent(Instant time) {
        return time.isAfter(clock.instant().minus(SILENCE));
    }
}
