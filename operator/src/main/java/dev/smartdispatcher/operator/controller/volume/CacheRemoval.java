package dev.smartdispatcher.operator.controller.volume;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.workload.cache.CacheVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the caches of a worker that its spec does not ask for any more, or in another size or class. Kubernetes keeps a claim until the
 * last pod that mounts it has ended, and collects those of a worker that is gone: it owns them.
 */
public final class CacheRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(CacheRemoval.class);

    private final KubernetesClient client;
    private final ClusterView cluster;

    public CacheRemoval(KubernetesClient client, ClusterView cluster) {
        this.client = client;
        this.cluster = cluster;
    }

    /** Looks at the caches of a worker. What cannot be deleted is tried again at the next look. */
    public void look(BuildWorker worker) {
        var meta = worker.getMetadata();
        if (!Unreadable.of(worker, "spec").isEmpty()) {
            return;
        }
        var wanted = CacheVolume.of(meta.getName(), meta.getUid(), worker.getSpec());
        cluster.cachesOn(meta.getName()).stream()
                .filter(CacheVolume::isCache)
                .filter(claim -> claim.getMetadata().getDeletionTimestamp() == null)
                .filter(claim -> wanted.filter(volume -> volume.isIn(claim)).isEmpty())
                .forEach(claim -> delete(meta.getName(), claim));
    }

    private void delete(String worker, PersistentVolumeClaim claim) {
        try {
            client.resource(claim).delete();
            LOG.atInfo()
                    .addKeyValue(LogKeys.WORKER, worker)
                    .log(
                            "cache {}/{} deleted: the worker's spec does not ask for it",
                            claim.getMetadata().getNamespace(),
                            claim.getMetadata().getName());
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.WORKER, worker)
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("cache not deleted: {}", ApiFailure.reason(e));
        }
    }
}
