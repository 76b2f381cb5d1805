package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.JobProblems;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs for which nothing is done, since it cannot be read what became of them so far, as after a newer operator was replaced by an
 * older one, or since nobody can go on from what is recorded. Their pods go on, and hold their room. Safe for use by several
 * threads.
 */
final class UnreadableJobs {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableJobs.class);

    private final EventRecorder events;
    /** What was told, by UID. */
    private final Map<String, List<String>> published = new ConcurrentHashMap<>();

    UnreadableJobs(EventRecorder events) {
        this.events = events;
    }

    /** Whether the job is held, which an Event and a log line tell once. */
    boolean holds(BuildJob job) {
        var problems = JobProblems.ofRecord(job);
        var uid = job.getMetadata().getUid();
        if (problems.isEmpty()) {
            published.remove(uid);
            return false;
        }
        if (!problems.equals(published.put(uid, problems))) {
            var sentence = String.join("; ", problems)
                    + "; the operator leaves the job alone until this is fixed: delete the job and submit it again";
            LOG.atWarn()
                    .addKeyValue(
                            LogKeys.JOB,
                            job.getMetadata().getNamespace() + "/"
                                    + job.getMetadata().getName())
                    .addKeyValue(LogKeys.REASON, Reason.UnreadableStatus)
                    .log("{}", sentence);
            events.warning(job, Reason.UnreadableStatus, sentence);
        }
        return true;
    }

    void forget(BuildJob job) {
        published.remove(job.getMetadata().getUid());
    }
}
