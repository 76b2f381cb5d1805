package dev.smartdispatcher.operator.controller.cache;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What of the caches the scheduling cycle has to look at again, gathered from events. Names only: what is true of them is looked up
 * later, once however many events there were. Safe for use by several threads.
 */
public final class Changes {
    /** More than that are everything: nobody takes them while this replica is not the leader. */
    private static final int MOST = 200_000;

    private Set<JobRef> jobs = new LinkedHashSet<>();
    private Set<String> workers = new LinkedHashSet<>();
    private boolean everything = true;

    /** One job; another one of the same name is another. */
    public record JobRef(String namespace, String name, String uid) {
        public static JobRef of(BuildJob job) {
            var meta = job.getMetadata();
            return new JobRef(meta.getNamespace(), meta.getName(), meta.getUid());
        }

        /** The job that a pod says it is of, whether it is or not; empty if it says nothing. */
        public static Optional<JobRef> of(Pod pod) {
            var labels = pod.getMetadata().getLabels();
            var name = labels.get(Labels.JOB);
            var uid = labels.get(Labels.JOB_UID);
            return name == null || uid == null
                    ? Optional.empty()
                    : Optional.of(new JobRef(pod.getMetadata().getNamespace(), name, uid));
        }
    }

    /** What was gathered. */
    public record Taken(Set<JobRef> jobs, Set<String> workers, boolean everything) {}

    /** A job, or one of its pods, is there, is gone, or is another than before. */
    public synchronized void job(JobRef job) {
        jobs.add(job);
        limit();
    }

    /** The same by a pod. */
    public void pod(Pod pod) {
        JobRef.of(pod).ifPresent(this::job);
    }

    /** A worker, or its Node, is there, is gone, or is another than before. */
    public synchronized void worker(String name) {
        workers.add(name);
        limit();
    }

    /** Something changed that anything may depend on. */
    public synchronized void everything() {
        everything = true;
        jobs = new LinkedHashSet<>();
        workers = new LinkedHashSet<>();
    }

    private void limit() {
        if (jobs.size() + workers.size() > MOST) {
            everything();
        }
    }

    /** Takes what was gathered; it counts as looked at. */
    public synchronized Taken take() {
        var taken = new Taken(jobs, workers, everything);
        jobs = new LinkedHashSet<>();
        workers = new LinkedHashSet<>();
        everything = false;
        return taken;
    }
}
