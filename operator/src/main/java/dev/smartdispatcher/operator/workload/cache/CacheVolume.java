package dev.smartdispatcher.operator.workload.cache;

import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.JobVolume;
import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.WorkerCache;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.packages.Sha256;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The claim in which the builds of one namespace keep on one worker what later ones can use. Its name follows from the worker and from what
 * its cache is to be: another worker of the same name, another size or another class have another claim.
 *
 * @param worker name of the BuildWorker, which owns the claim: it goes with the worker
 * @param cache what the worker's spec says
 */
public record CacheVolume(String worker, String workerUid, WorkerCache cache) {
    private static final String OWNER = "BuildWorker";
    private static final int DIGEST_PART = 12;
    /** One half holds prepared roots, the other one what jobs keep: neither can crowd out the other. */
    private static final int HALF = 2;

    /** That of a worker; empty if its spec has no cache. */
    public static Optional<CacheVolume> of(String worker, String workerUid, BuildWorkerSpec spec) {
        return Optional.ofNullable(spec)
                .map(BuildWorkerSpec::cache)
                .map(cache -> new CacheVolume(worker, workerUid, cache));
    }

    /** The claim's name, the same in each namespace. */
    public String name() {
        var sha = Sha256.digest();
        for (var part :
                new String[] {workerUid, cache.storageClassName(), Long.toString(Quantities.bytes(cache.size()))}) {
            sha.update((part + "\0").getBytes(StandardCharsets.UTF_8));
        }
        return JobVolume.CACHES + HexFormat.of().formatHex(sha.digest()).substring(0, DIGEST_PART);
    }

    /** Bytes that prepared roots may take; what jobs keep may take as much. */
    public long part() {
        return Quantities.bytes(cache.size()) / HALF;
    }

    /** The claim for a namespace. */
    public PersistentVolumeClaim claim(String namespace) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name())
                .withNamespace(namespace)
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .addToLabels(Labels.WORKER, worker)
                .addNewOwnerReference()
                .withApiVersion(ApiGroup.GROUP + "/" + ApiGroup.VERSION)
                .withKind(OWNER)
                .withName(worker)
                .withUid(workerUid)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(cache.storageClassName())
                .withNewResources()
                .withRequests(Map.of("storage", cache.size()))
                .endResources()
                .endSpec()
                .build();
    }

    /** Whether a claim is this one, whatever namespace it is in. */
    public boolean isIn(PersistentVolumeClaim claim) {
        return claim.getMetadata().getName().equals(name()) && isCache(claim) && isOwner(claim);
    }

    private boolean isOwner(PersistentVolumeClaim claim) {
        return claim.getMetadata().getOwnerReferences().stream().anyMatch(owner -> workerUid.equals(owner.getUid()));
    }

    /** Whether a claim says of itself that it is a cache of this operator's: no other one is ever deleted. */
    public static boolean isCache(PersistentVolumeClaim claim) {
        var meta = claim.getMetadata();
        return meta.getName().startsWith(JobVolume.CACHES)
                && meta.getLabels() != null
                && Labels.OPERATOR.equals(meta.getLabels().get(Labels.MANAGED_BY))
                && meta.getOwnerReferences().stream().anyMatch(owner -> OWNER.equals(owner.getKind()));
    }
}
