package dev.smartdispatcher.operator.controller;

import java.time.Duration;
import java.time.Instant;

/** Time that has passed, by a clock that may be set back. */
public final class ElapsedTime {
    private ElapsedTime() {}

    /** Whether less than a span has passed since then. False if that time is in the future: the clock was set back, and says nothing. */
    public static boolean isLess(Instant then, Duration span, Instant now) {
        return !now.isBefore(then) && now.isBefore(then.plus(span));
    }
}
