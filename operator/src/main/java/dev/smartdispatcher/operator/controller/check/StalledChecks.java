package dev.smartdispatcher.operator.controller.check;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The checks that cannot be run on more than half of their workers now, as when a registry is down: no fault of the workers, so that
 * what they have passed counts on. Safe for use by several threads.
 */
public final class StalledChecks {
    private final Set<String> stalled = ConcurrentHashMap.newKeySet();

    /** Notes whether a check is; returns whether it has just become so. */
    boolean note(String check, boolean isStalled) {
        if (!isStalled) {
            stalled.remove(check);
            return false;
        }
        return stalled.add(check);
    }

    boolean contains(String check) {
        return stalled.contains(check);
    }
}
