package dev.smartdispatcher.agent.probe;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A probe that looks only now and then, and repeats its finding in between: for those that start processes, and for what
 * changes when an administrator changes the machine. A failure is not remembered.
 */
public final class Occasional implements Probe {
    private final Probe probe;
    private final Duration every;
    private final Clock clock;
    private Finding last;
    private Instant lookedAt;

    public Occasional(Probe probe, Duration every, Clock clock) {
        this.probe = probe;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public String name() {
        return probe.name();
    }

    @Override
    public Finding look() throws IOException {
        Instant now = clock.instant();
        if (isDue(now)) {
            last = probe.look();
            lookedAt = now;
        }
        return last;
    }

    private boolean isDue(Instant now) {
        // A clock that was set back must not make it wait for the time to come again.
        return lookedAt == null || now.isBefore(lookedAt) || !now.isBefore(lookedAt.plus(every));
    }
}
