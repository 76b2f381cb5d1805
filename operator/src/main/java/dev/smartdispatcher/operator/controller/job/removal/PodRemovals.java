package dev.smartdispatcher.operator.controller.job.removal;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Everything that deletes pods of jobs, with one memory of the deletions that were refused. Safe for use by several threads. */
public final class PodRemovals {
    private final PodDeletions deletions;
    private final StrayPods strays;
    private final LingeringPods lingering;
    private final StoppedPods stopped;

    public PodRemovals(KubernetesClient client, EventRecorder events, WorkerAssessments assessments, Clock clock) {
        deletions = new PodDeletions(events, clock);
        strays = new StrayPods(client, deletions);
        lingering = new LingeringPods(client, clock, deletions);
        stopped = new StoppedPods(client, assessments, deletions, clock);
    }

    /** Deletes the job's pods that are in the way or outlast their build; when others will be due, if any. */
    public Optional<Duration> withdraw(BuildJob job, Collection<Pod> pods) {
        strays.withdraw(job, pods.stream());
        return lingering.withdraw(job, pods.stream());
    }

    /** Deletes pods of a waiting job that its status does not record, and that cannot be its next attempt. */
    public void withdrawUnrecorded(BuildJob job, Collection<Pod> pods) {
        pods.stream().filter(pod -> !pod.isMarkedForDeletion()).forEach(pod -> strays.withdrawUnrecorded(job, pod));
    }

    /** When the next pod of the job is to be tried again, if a deletion was refused. */
    public Optional<Duration> again(BuildJob job) {
        return deletions.again(job);
    }

    /** What stops pods of live attempts. */
    public StoppedPods stopped() {
        return stopped;
    }

    /** The job is gone. */
    public void forget(BuildJob job) {
        lingering.forget(job);
        stopped.forget(job);
        deletions.forget(job);
    }
}
