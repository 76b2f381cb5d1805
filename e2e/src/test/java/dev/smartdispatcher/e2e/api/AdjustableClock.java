package dev.smartdispatcher.e2e.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time, and a part that a test adds. */
final class AdjustableClock extends Clock {
    private volatile Duration added = Duration.ZERO;

    void add(Duration more) {
        added = added.plus(more);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(added);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
