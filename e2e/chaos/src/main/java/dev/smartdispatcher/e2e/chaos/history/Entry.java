package dev.smartdispatcher.e2e.chaos.history;

/** One line of a history. */
public sealed interface Entry permits Change, Act {
    /** When the harness saw it, in milliseconds since 1970. Never decreases by more than clocks are set back. */
    long millis();
}
