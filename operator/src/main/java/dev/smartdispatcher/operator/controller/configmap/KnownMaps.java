package dev.smartdispatcher.operator.controller.configmap;

import dev.smartdispatcher.operator.controller.ElapsedTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which ConfigMaps were verified, by namespace and name. One that has not been used for as long as it takes until it is swept is
 * forgotten: namespaces come and go. Safe for use by several threads.
 */
final class KnownMaps {
    private static final Duration LOOK_EACH = ListSweeper.UNUSED.dividedBy(4);

    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private volatile Instant looked = Instant.MIN;

    /**
     * A ConfigMap's object.
     *
     * @param used when it was created or last said to be used: spares a write an attempt
     */
    record Known(String uid, Instant used) {}

    KnownMaps(Clock clock) {
        this.clock = clock;
    }

    Optional<Known> of(String key) {
        return Optional.ofNullable(known.get(key));
    }

    /** The object is verified, and its use is written. */
    void used(String key, String uid) {
        var now = clock.instant();
        if (!ElapsedTime.isLess(looked, LOOK_EACH, now)) {
            looked = now;
            known.values().removeIf(k -> !ElapsedTime.isLess(k.used(), ListSweeper.UNUSED, now));
        }
        known.put(key, new Known(uid, now));
    }

    void forget(String key) {
        known.remove(key);
    }
}
