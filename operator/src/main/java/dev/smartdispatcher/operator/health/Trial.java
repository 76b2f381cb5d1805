package dev.smartdispatcher.operator.health;

import dev.smartdispatcher.operator.health.WorkerRecord.Tried;
import java.time.Instant;
import java.util.List;

/** How the builds of a trial went. */
public enum Trial {
    /** Too few have ended. */
    Open,
    Passed,
    Failed;

    private static final int SUCCESSES = 2;
    /** A failure that says less than this of the worker says more of the package: another build tells. */
    private static final double TELLING = 1;

    static Trial of(List<Tried> latest, Instant since) {
        var tried = latest.stream().filter(t -> !t.dispatched().isBefore(since)).toList();
        if (tried.stream().anyMatch(t -> t.strength() >= TELLING)) {
            return Failed;
        }
        return tried.stream().filter(t -> t.strength() < 0).count() >= SUCCESSES ? Passed : Open;
    }
}
