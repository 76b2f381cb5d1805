package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.dispatch.pass.Snapshot;
import java.util.List;
import java.util.Map;

/**
 * The farm as one look at the caches found it.
 *
 * @param jobs the pending jobs of the snapshot, by UID
 * @param running number of jobs with a live attempt
 * @param unready pending jobs that cannot be placed whatever the workers, and why
 */
record Look(Snapshot snapshot, Map<String, BuildJob> jobs, int running, List<Unready> unready) {

    /** A job whose environment is missing or broken. */
    record Unready(BuildJob job, Waiting waiting) {}
}
