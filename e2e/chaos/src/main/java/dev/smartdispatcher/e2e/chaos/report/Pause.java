package dev.smartdispatcher.e2e.chaos.report;

import java.util.List;

/**
 * How long nothing was dispatched after one kind of thing had happened to the leader.
 *
 * @param count how often that could be measured: a job waited, and the API server was there
 */
public record Pause(int count, double medianSeconds, double longestSeconds) {
    private static final double MILLIS = 1000;

    static Pause of(List<Long> millis) {
        var sorted = millis.stream().sorted().toList();
        return new Pause(sorted.size(), sorted.get(sorted.size() / 2) / MILLIS, sorted.get(sorted.size() - 1) / MILLIS);
    }
}
