package dev.smartdispatcher.operator.controller.volume;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.volume.CachePauses.Place;
import dev.smartdispatcher.operator.worker.CacheShare;
import dev.smartdispatcher.operator.workload.cache.CacheMounts;
import dev.smartdispatcher.operator.workload.cache.CacheVolume;
import dev.smartdispatcher.operator.workload.cache.PackageCache;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that a namespace has its cache on a worker. No build waits for one, or fails for want of one: what cannot be had is left out,
 * and tried again later. Safe for use by several threads.
 */
public final class CacheVolumes {
    private static final Logger LOG = LoggerFactory.getLogger(CacheVolumes.class);
    private static final String BOUND = "Bound";

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final CachePauses pauses;

    /**
     * What an attempt gets.
     *
     * @param volume empty: nothing
     * @param problem why not, as a sentence; empty if the worker's spec has no cache
     */
    public record Answer(Optional<CacheVolume> volume, Optional<String> problem) {
        /** There is no cache, and nobody asked for one. */
        public static final Answer NONE = new Answer(Optional.empty(), Optional.empty());

        static Answer of(CacheVolume volume) {
            return new Answer(Optional.of(volume), Optional.empty());
        }

        static Answer without(String problem) {
            return new Answer(Optional.empty(), Optional.of(problem));
        }
    }

    public CacheVolumes(KubernetesClient client, ClusterView cluster, Clock clock) {
        this.client = client;
        this.cluster = cluster;
        pauses = new CachePauses(clock);
    }

    /** The cache of a namespace on a worker, made now if it is not there yet. */
    public Answer ensure(String namespace, String name) {
        var worker = cluster.worker(name).filter(w -> Unreadable.of(w, "spec").isEmpty());
        var volume = worker.flatMap(w -> CacheVolume.of(name, w.getMetadata().getUid(), w.getSpec()));
        if (volume.isEmpty()) {
            return Answer.NONE;
        }
        var place = new Place(namespace, name);
        var pause = pauses.of(place);
        if (pause.isPresent()) {
            return Answer.without(pause.get());
        }
        var shown = shown(namespace, volume.get());
        if (shown.isPresent()) {
            return use(volume.get(), shown.get());
        }
        if (isFull(worker.get(), volume.get())) {
            return Answer.without("the caches of other namespaces have half of the disk of " + name);
        }
        try {
            // The API server stores a claim whatever its class: pods would wait for a volume that nobody makes.
            var storageClass = volume.get().cache().storageClassName();
            return client.storage().v1().storageClasses().withName(storageClass).get() == null
                    ? refused(place, "there is no StorageClass '" + storageClass + "'")
                    : use(volume.get(), make(namespace, volume.get()));
        } catch (KubernetesClientException e) {
            return refused(place, "the claim '" + volume.get().name() + "' cannot be made: " + ApiFailure.reason(e));
        }
    }

    private Answer refused(Place place, String problem) {
        LOG.atWarn()
                .addKeyValue(LogKeys.WORKER, place.worker())
                .log("no cache for the namespace {}: {}", place.namespace(), problem);
        pauses.failed(place, problem);
        return Answer.without(pauses.of(place).orElse(problem));
    }

    private Optional<PersistentVolumeClaim> shown(String namespace, CacheVolume volume) {
        return cluster.cachesOn(volume.worker()).stream()
                .filter(claim -> claim.getMetadata().getNamespace().equals(namespace) && volume.isIn(claim))
                .findFirst();
    }

    private static Answer use(CacheVolume volume, PersistentVolumeClaim claim) {
        if (!volume.isIn(claim)) {
            return Answer.without("the claim '" + volume.name() + "' is not the operator's but has the name of the"
                    + " worker's cache: delete it");
        }
        return claim.getMetadata().getDeletionTimestamp() == null
                ? Answer.of(volume)
                : Answer.without("the claim '" + volume.name() + "' is being deleted");
    }

    private PersistentVolumeClaim make(String namespace, CacheVolume volume) {
        var claim = client.resource(volume.claim(namespace));
        try {
            return claim.create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Another attempt's, which the cache does not show yet; or somebody else's.
            return Optional.ofNullable(claim.get()).orElseThrow(() -> e);
        }
    }

    private boolean isFull(BuildWorker worker, CacheVolume volume) {
        var facts = worker.getStatus() == null ? null : worker.getStatus().agent();
        long there =
                cluster.cachesOn(volume.worker()).stream().filter(volume::isIn).count();
        return facts == null || there >= CacheShare.most(worker.getSpec(), facts);
    }

    /** Directories of the packages that other jobs of a job's namespace build on a worker with a cache. */
    public List<String> busy(BuildJob one, String worker) {
        var meta = one.getMetadata();
        return cluster.jobsOn(worker).stream()
                .filter(job -> job.getMetadata().getNamespace().equals(meta.getNamespace())
                        && !job.getMetadata().getUid().equals(meta.getUid())
                        && job.getSpec() != null
                        && job.getSpec().cache() != null)
                .map(job -> PackageCache.directory(job.getMetadata().getName(), job.getSpec()))
                .distinct()
                .sorted()
                .toList();
    }

    /** A pod with a cache does not start: the next one of its namespace on that worker goes without, if the cache may be why. */
    public void failed(Pod pod, String message) {
        place(pod)
                .filter(place -> pod.getSpec().getNodeName() != null || !isBound(pod, place))
                .ifPresent(place -> pauses.failed(place, "a pod with the cache did not start: " + message));
    }

    private boolean isBound(Pod pod, Place place) {
        return cluster.cachesOn(place.worker()).stream()
                .filter(claim -> claim.getMetadata().getNamespace().equals(place.namespace()))
                .filter(claim -> CacheMounts.areOf(pod, claim.getMetadata().getName()))
                .anyMatch(claim -> claim.getStatus() != null
                        && Objects.equals(claim.getStatus().getPhase(), BOUND));
    }

    /** A pod has started, with its cache if it has one. */
    public void started(Pod pod) {
        place(pod).ifPresent(pauses::worked);
    }

    private static Optional<Place> place(Pod pod) {
        return AttemptPod.of(pod)
                .filter(attempt -> CacheMounts.areIn(pod))
                .map(attempt -> new Place(pod.getMetadata().getNamespace(), attempt.worker()));
    }
}
