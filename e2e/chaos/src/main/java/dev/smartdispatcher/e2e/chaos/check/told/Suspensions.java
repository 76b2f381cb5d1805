package dev.smartdispatcher.e2e.chaos.check.told;

import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.Map;

/** When jobs were suspended last, by their UIDs. */
final class Suspensions {
    private final Map<String, Long> last = new HashMap<>();

    /** Goes on to the next revision. */
    void apply(Change change) {
        if (change.kind().equals("buildjobs") && !change.isDeletion()) {
            var job = new Job(change.object());
            if (job.isSuspended()) {
                last.put(job.uid(), Long.MAX_VALUE);
            } else {
                last.computeIfPresent(job.uid(), (uid, until) -> Math.min(until, change.millis()));
            }
        }
    }

    /** Whether a job has been suspended since this time. */
    boolean since(Job job, long millis) {
        return last.getOrDefault(job.uid(), 0L) > millis;
    }
}
