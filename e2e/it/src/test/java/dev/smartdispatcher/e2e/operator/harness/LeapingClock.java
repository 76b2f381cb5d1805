package dev.smartdispatcher.e2e.operator.harness;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** Stands still, but for what is leapt over: however long a test takes, no time passes that it does not want. */
public final class LeapingClock extends Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    public void leap(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** To this long after an object was made, by the clock of the API server, which does not stand still. */
    public void leapPast(HasMetadata made, Duration time) {
        var then = Instant.parse(made.getMetadata().getCreationTimestamp());
        now.updateAndGet(before -> (before.isAfter(then) ? before : then).plus(time));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
