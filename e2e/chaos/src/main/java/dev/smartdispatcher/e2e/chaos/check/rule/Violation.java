package dev.smartdispatcher.e2e.chaos.check.rule;

import java.time.Instant;

/**
 * Something that may never happen, and did.
 *
 * @param rule name of the rule
 * @param revision of etcd at which it showed
 * @param millis when the harness saw it
 */
public record Violation(String rule, long revision, long millis, String text) {
    @Override
    public String toString() {
        return rule + ": " + text + " (revision " + revision + ", " + Instant.ofEpochMilli(millis) + ")";
    }
}
