package dev.smartdispatcher.e2e.chaos.check.told;

import dev.smartdispatcher.e2e.chaos.check.view.Job;
import java.util.Map;

/** How often a job is tried again, by its spec and the documented defaults. */
final class Retries {
    private static final Map<String, String> FIELDS = Map.of(
            "BuildFailed", "onFailure",
            "OutOfMemory", "onOutOfResources",
            "OutOfDisk", "onOutOfResources",
            "WorkerLost", "onWorkerLost",
            "DrainDeadlinePassed", "onWorkerLost");
    private static final Map<String, Integer> DEFAULTS =
            Map.of("onFailure", 0, "onOutOfResources", 2, "onWorkerLost", 3);
    private static final int MOST_FAILED_STARTS = 10;

    private Retries() {}

    /** Whether a job whose last attempt ended so may be tried once more. */
    static boolean areLeft(Job job, String outcome) {
        var field = FIELDS.get(outcome);
        int allowed = field == null
                ? MOST_FAILED_STARTS
                : job.spec().path("retry").path(field).asInt(DEFAULTS.get(field));
        long ended = job.attempts().stream()
                .filter(attempt ->
                        field == null ? attempt.outcome().equals(outcome) : field.equals(FIELDS.get(attempt.outcome())))
                .count();
        return ended <= allowed;
    }
}
