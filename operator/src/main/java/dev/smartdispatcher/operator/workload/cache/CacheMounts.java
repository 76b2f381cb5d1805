package dev.smartdispatcher.operator.workload.cache;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** A cache as a volume of a pod, and its parts: who sees one, sees nothing of the others. */
public final class CacheMounts {
    /** Name of the volume. */
    public static final String VOLUME = "smart-dispatcher-cache";
    /** In its place, on the build's scratch disk, where the worker has none for the namespace. */
    public static final String NO_VOLUME = "smart-dispatcher-no-cache";
    /** Prepared roots. In the container that installs alone: a build that wrote there would give others what it likes. */
    public static final String ROOTS = "/smart-dispatcher/cache";
    /** The caches of all packages of the namespace. In the container that makes room alone. */
    public static final String PACKAGES = "/smart-dispatcher/caches";

    private static final String ROOTS_PART = "roots";
    private static final String PACKAGES_PART = "packages";

    private CacheMounts() {}

    public static Volume volume(CacheVolume cache) {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewPersistentVolumeClaim(cache.name(), false)
                .build();
    }

    public static VolumeMount roots() {
        return part(ROOTS_PART, ROOTS);
    }

    public static VolumeMount packages() {
        return part(PACKAGES_PART, PACKAGES);
    }

    /** What a build sees at its own path: the cache of its package alone, or an empty directory. */
    public static VolumeMount ofPackage(String directory, String path, boolean isThere) {
        return isThere
                ? part(PACKAGES_PART + "/" + directory, path)
                : new VolumeMountBuilder()
                        .withName(NO_VOLUME)
                        .withMountPath(path)
                        .build();
    }

    /** Whether a volume of this name is mounted where the job says. */
    public static boolean isAtJobsPath(String volume) {
        return VOLUME.equals(volume) || NO_VOLUME.equals(volume);
    }

    private static VolumeMount part(String part, String path) {
        return new VolumeMountBuilder()
                .withName(VOLUME)
                .withMountPath(path)
                .withSubPath(part)
                .build();
    }

    /** Whether a worker pod has a cache. */
    public static boolean areIn(Pod pod) {
        return pod.getSpec().getVolumes().stream().anyMatch(volume -> VOLUME.equals(volume.getName()));
    }

    /** Whether a worker pod has this claim as its cache. */
    public static boolean areOf(Pod pod, String claim) {
        return pod.getSpec().getVolumes().stream()
                .anyMatch(volume -> VOLUME.equals(volume.getName())
                        && volume.getPersistentVolumeClaim() != null
                        && claim.equals(volume.getPersistentVolumeClaim().getClaimName()));
    }
}
