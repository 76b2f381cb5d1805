package dev.smartdispatcher.operator.controller.job.removal;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.DaemonTimer;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worker pods whose job is gone. Kubernetes deletes them; but not those of a job that was made anew under its name while
 * its garbage collector had just started to watch (v1.36), which then compares no UIDs. What it leaves for some seconds is deleted here.
 */
public final class OrphanedPods implements AutoCloseable {
    private static final Duration EACH = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPods.class);

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final DaemonTimer timer = new DaemonTimer("orphaned-pods");
    /** UIDs of those that the last look found. */
    private Set<String> found = Set.of();

    public OrphanedPods(KubernetesClient client, ClusterView cluster) {
        this.client = client;
        this.cluster = cluster;
    }

    /** Looks for them, again and again. */
    public void start() {
        timer.each(EACH, EACH, this::sweep);
    }

    /** Deletes those that were there at the last look, too. */
    private void sweep() {
        if (!cluster.synced()) {
            return;
        }
        var now = new HashSet<String>();
        cluster.pods()
                .filter(pod -> !pod.isMarkedForDeletion() && isOrphaned(pod))
                .forEach(pod -> {
                    now.add(pod.getMetadata().getUid());
                    if (found.contains(pod.getMetadata().getUid())) {
                        delete(pod);
                    }
                });
        found = now;
    }

    private boolean isOrphaned(Pod pod) {
        return AttemptPod.owner(pod)
                .filter(owner -> isOther(owner, cluster.job(pod.getMetadata().getNamespace(), owner.getName())))
                .isPresent();
    }

    private static boolean isOther(OwnerReference owner, Optional<BuildJob> job) {
        return job.filter(j -> j.getMetadata().getUid().equals(owner.getUid())).isEmpty();
    }

    /** Unless the API server knows the job, which the cache then does not show yet; or the pod has changed, by which it may have lost its owner. */
    private void delete(Pod pod) {
        var meta = pod.getMetadata();
        try {
            var owner = AttemptPod.owner(pod).orElseThrow();
            var job = client.resources(BuildJob.class)
                    .inNamespace(meta.getNamespace())
                    .withName(owner.getName())
                    .get();
            if (isOther(owner, Optional.ofNullable(job))) {
                LOG.atWarn()
                        .addKeyValue(LogKeys.POD, meta.getName())
                        .addKeyValue(LogKeys.JOB, meta.getNamespace() + "/" + owner.getName())
                        .log("the pod's job is gone, deleting the pod");
                client.resource(pod).lockResourceVersion().delete();
            }
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.POD, meta.getName())
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("pod of a job that is gone not deleted: {}", ApiFailure.reason(e));
        }
    }

    @Override
    public void close() {
        timer.close();
    }
}
