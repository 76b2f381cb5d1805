package dev.smartdispatcher.operator.controller;

import java.time.Duration;
import java.time.Instant;

/** Whether something happened lately, by a clock that may be set back. */
public final class Recent {
    private Recent() {}

    /** Whether less than a span has passed since then. What has yet to happen is of a time that the clock no longer tells of. */
    public static boolean is(Instant then, Duration span, Instant now) {
        return !now.isBefore(then) && now.isBefore(then.plus(span));
    }
}
