package dev.smartdispatcher.agent.publish;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The failures in a row: counts and logs them, and determines how long to wait. That the kind is missing is logged once. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final BackOff backOff;
    private int count;
    private boolean kindMissingTold;

    Failures(BackOff backOff) {
        this.backOff = backOff;
    }

    boolean any() {
        return count > 0;
    }

    /** One more; returns the wait until the next try. */
    Duration add(ApiException failure) {
        count++;
        Duration wait = backOff.after(count);
        LOG.atLevel(level(failure))
                .addKeyValue(LogKeys.FAILURES, count)
                .addKeyValue(LogKeys.RETRY_IN, wait)
                .log(failure.getMessage());
        LOG.debug("Cause", failure);
        return wait;
    }

    void clear() {
        count = 0;
        kindMissingTold = false;
    }

    private Level level(ApiException failure) {
        if (!failure.isKindMissing()) {
            return Level.WARN;
        }
        Level level = kindMissingTold ? Level.DEBUG : Level.ERROR;
        kindMissingTold = true;
        return level;
    }
}
