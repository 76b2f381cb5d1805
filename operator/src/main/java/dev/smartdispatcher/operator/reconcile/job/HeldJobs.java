package dev.smartdispatcher.operator.reconcile.job;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.reconcile.EventRecorder;
import dev.smartdispatcher.operator.reconcile.cache.JobProblems;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs for which nothing is done, since it cannot be read what became of them so far, as after a newer operator was replaced by an
 * older one. Their pods go on, and hold their room. Safe for use by several threads.
 */
final class HeldJobs {
    private final EventRecorder events;
    /** What was told, by UID. */
    private final Map<String, List<String>> told = new ConcurrentHashMap<>();

    HeldJobs(EventRecorder events) {
        this.events = events;
    }

    /** Whether the job is held, which an Event tells once. */
    boolean holds(BuildJob job) {
        var problems = JobProblems.ofRecord(job);
        var uid = job.getMetadata().getUid();
        if (problems.isEmpty()) {
            told.remove(uid);
            return false;
        }
        if (!problems.equals(told.put(uid, problems))) {
            events.warning(
                    job,
                    Reason.UnreadableStatus,
                    String.join("; ", problems)
                            + "; nothing is done for the job until it can be: delete and submit it anew");
        }
        return true;
    }

    void forget(BuildJob job) {
        told.remove(job.getMetadata().getUid());
    }
}
