package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.api.environment.MemoryVolume;
import dev.smartdispatcher.api.job.JobVolume;
import dev.smartdispatcher.operator.workload.Paths;
import dev.smartdispatcher.operator.workload.cache.CacheMounts;
import dev.smartdispatcher.operator.workload.cache.PackageCache;
import dev.smartdispatcher.operator.workload.install.InstallPaths;
import dev.smartdispatcher.operator.workload.install.Installation;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The volumes of a worker pod and where they are mounted: the operator's own, then the job's. */
final class PodVolumes {
    private static final String OWN = WorkerPod.OWN_VOLUMES;

    private static final String ENTRY = OWN + "entry";
    private static final String LISTS = OWN + "lists";
    private static final String POD = OWN + "pod";
    private static final String BUILD = OWN + "build";
    private static final String TMP = OWN + "tmp";
    private static final String CLAIM = OWN + "claim";
    private static final String STATE = OWN + "state";
    /** Of the entry's own files: twice the most that it writes, the end of a long log. */
    private static final Quantity STATE_SIZE = new Quantity("256Ki");
    /** With the list of what is installed: some ten thousand packages. */
    private static final Quantity STATE_SIZE_OF_INSTALLATION = new Quantity("4Mi");

    private static final String CLAIM_REPOSITORY = OWN + "repository-claim";
    private static final String IMAGE_REPOSITORY = OWN + "repository-image";
    private static final String TMPFS = OWN + "tmpfs";
    /** Parts of the scratch disk of a pod with a root of its own. */
    private static final String BUILD_PART = "build";

    private static final String ROOT_PART = "root";

    private static final int EXECUTABLE = 0555;

    private PodVolumes() {}

    /** Whether a volume of this name is the operator's. */
    static boolean isOwn(String name) {
        return name != null && name.startsWith(WorkerPod.OWN_VOLUMES);
    }

    /** Whether a volume of this name is there, or is as it is, since the environment says so. */
    static boolean isEnvironments(String name) {
        return List.of(CLAIM_REPOSITORY, IMAGE_REPOSITORY, TMPFS).contains(name);
    }

    /** Whether the pod has use for a cache, and there is one. */
    static boolean hasCache(WorkerPodRequest request) {
        return request.cache().isPresent()
                && (hasPreparedRoots(request) || request.spec().cache() != null);
    }

    private static boolean hasPreparedRoots(WorkerPodRequest request) {
        return request.cache().isPresent()
                && request.installation().filter(Installation::isPrepared).isPresent();
    }

    static List<Volume> volumes(WorkerPodRequest request) {
        var disk = request.allocation().disk();
        var volumes = new ArrayList<Volume>();
        volumes.add(new VolumeBuilder()
                .withName(ENTRY)
                .withNewConfigMap()
                .withName(request.entry())
                .withDefaultMode(EXECUTABLE)
                .endConfigMap()
                .build());
        volumes.add(new VolumeBuilder()
                .withName(LISTS)
                .withNewConfigMap()
                .withName(request.lists())
                .endConfigMap()
                .build());
        volumes.add(new VolumeBuilder()
                .withName(POD)
                .withNewDownwardAPI()
                .addNewItem()
                .withPath(Paths.DEADLINE)
                .withNewFieldRef()
                .withFieldPath("metadata.annotations['" + Annotations.DEADLINE_SECONDS + "']")
                .endFieldRef()
                .endItem()
                .endDownwardAPI()
                .build());
        volumes.add(request.scratch().map(volume -> volume.volume(BUILD)).orElseGet(() -> scratch(BUILD, disk)));
        volumes.add(tmpfs(request, true).map(size -> memory(TMP, size)).orElseGet(() -> scratch(TMP, disk)));
        volumes.add(memory(STATE, request.installation().isPresent() ? STATE_SIZE_OF_INSTALLATION : STATE_SIZE));
        tmpfs(request, false).ifPresent(size -> volumes.add(memory(TMPFS, size)));
        request.installation().ifPresent(installation -> addRepository(volumes, installation));
        request.cache()
                .filter(cache -> hasCache(request))
                .ifPresent(cache -> volumes.add(CacheMounts.volume(cache.volume())));
        if (request.spec().cache() != null && !hasCache(request)) {
            volumes.add(scratch(CacheMounts.NO_VOLUME, disk));
        }
        if (request.spec().results() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(CLAIM)
                    .withNewPersistentVolumeClaim(request.spec().results().claimName(), false)
                    .build());
        }
        request.spec().volumes().forEach(v -> volumes.add(volume(v)));
        return volumes;
    }

    private static void addRepository(List<Volume> volumes, Installation installation) {
        var repository = installation.repository();
        if (repository.persistentVolumeClaim() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(CLAIM_REPOSITORY)
                    .withNewPersistentVolumeClaim(
                            repository.persistentVolumeClaim().claimName(), true)
                    .build());
        }
        if (repository.image() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(IMAGE_REPOSITORY)
                    .withNewImage()
                    .withReference(repository.image())
                    .endImage()
                    .build());
        }
    }

    /** The size of a directory in memory that is, or is not, the temporary one; empty if the environment has none. */
    private static Optional<Quantity> tmpfs(WorkerPodRequest request, boolean temporary) {
        return Optional.ofNullable(request.settings().tmpfs())
                .filter(tmpfs -> tmpfs.path().equals(Paths.TMP) == temporary)
                .map(MemoryVolume::size);
    }

    private static Volume memory(String name, Quantity size) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(size)
                .endEmptyDir()
                .build();
    }

    private static Volume scratch(String name, Quantity size) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(size)
                .endEmptyDir()
                .build();
    }

    private static Volume volume(JobVolume volume) {
        var builder = new VolumeBuilder().withName(volume.name());
        if (volume.persistentVolumeClaim() != null) {
            var claim = volume.persistentVolumeClaim();
            builder.withNewPersistentVolumeClaim(claim.claimName(), claim.readOnly());
        }
        if (volume.configMap() != null) {
            builder.withNewConfigMap().withName(volume.configMap().name()).endConfigMap();
        }
        if (volume.secret() != null) {
            builder.withNewSecret().withSecretName(volume.secret().name()).endSecret();
        }
        if (volume.emptyDir() != null) {
            builder.withNewEmptyDir()
                    .withSizeLimit(volume.emptyDir().sizeLimit())
                    .endEmptyDir();
        }
        return builder.build();
    }

    /** Of the build's container. What the command sees is also in a root of its own, where the container can enter one. */
    static List<VolumeMount> mounts(WorkerPodRequest request) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount(ENTRY, Paths.ENTRY, true));
        mounts.add(mount(POD, Paths.POD, true));
        mounts.add(mount(STATE, Paths.STATE, null));
        if (request.spec().results() != null) {
            mounts.add(mount(CLAIM, Paths.CLAIM, null));
        }
        request.installation().filter(PodVolumes::hasOwnRoot).ifPresent(i -> mounts.add(work()));
        request.installation()
                .filter(installation -> !installation.isPrepared())
                .ifPresent(installation -> mounts.addAll(repository(installation)));
        var shown = shown(request);
        mounts.addAll(shown);
        request.installation()
                .filter(installation -> installation.isPrepared() && !installation.isPlayed())
                .ifPresent(installation -> shown.forEach(mount -> mounts.add(inRoot(mount))));
        return mounts;
    }

    /** Of the init container that installs. */
    static List<VolumeMount> prepareMounts(WorkerPodRequest request, Installation installation) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount(ENTRY, Paths.ENTRY, true));
        mounts.add(mount(POD, Paths.POD, true));
        mounts.add(mount(STATE, Paths.STATE, null));
        mounts.add(work());
        mounts.addAll(repository(installation));
        mounts.add(mount(LISTS, Paths.LISTS, true));
        mounts.add(mount(TMP, Paths.TMP, null));
        if (hasPreparedRoots(request)) {
            mounts.add(CacheMounts.roots());
        }
        return mounts;
    }

    /** Of the init container that makes room for the build's cache. */
    static List<VolumeMount> cacheMounts() {
        return List.of(mount(ENTRY, Paths.ENTRY, true), CacheMounts.packages());
    }

    /** Of the package's own directory: the rest of the cache, prepared roots above all, is out of the build's reach. */
    private static VolumeMount jobsCache(WorkerPodRequest request) {
        var directory = PackageCache.directory(request.job().name(), request.spec());
        return CacheMounts.ofPackage(directory, request.spec().cache().path(), hasCache(request));
    }

    /** Paths of what the command sees of the pod. */
    static List<String> shownInRoot(WorkerPodRequest request) {
        return shown(request).stream().map(VolumeMount::getMountPath).toList();
    }

    /** What the command sees, wherever its root is: lists, scratch disk, memory, and the job's own volumes. */
    private static List<VolumeMount> shown(WorkerPodRequest request) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount(LISTS, Paths.LISTS, true));
        var divided = request.installation().filter(PodVolumes::hasOwnRoot).isPresent();
        mounts.add(divided ? part(BUILD_PART, Paths.BUILD) : mount(BUILD, Paths.BUILD, null));
        mounts.add(mount(TMP, Paths.TMP, null));
        tmpfs(request, false)
                .ifPresent(size ->
                        mounts.add(mount(TMPFS, request.settings().tmpfs().path(), null)));
        if (request.spec().cache() != null) {
            mounts.add(jobsCache(request));
        }
        request.spec()
                .volumeMounts()
                .forEach(m -> mounts.add(new VolumeMountBuilder()
                        .withName(m.name())
                        .withMountPath(m.mountPath())
                        .withSubPath(m.subPath())
                        .withReadOnly(m.readOnly())
                        .build()));
        return mounts;
    }

    private static boolean hasOwnRoot(Installation installation) {
        return installation.root() == BuildRoot.Directory;
    }

    private static List<VolumeMount> repository(Installation installation) {
        var mounts = new ArrayList<VolumeMount>();
        if (installation.repository().persistentVolumeClaim() != null) {
            mounts.add(mount(CLAIM_REPOSITORY, InstallPaths.REPOSITORY + "/claim", true));
        }
        if (installation.repository().image() != null) {
            mounts.add(mount(IMAGE_REPOSITORY, InstallPaths.REPOSITORY + "/image", true));
        }
        return mounts;
    }

    private static VolumeMount work() {
        return part(ROOT_PART, InstallPaths.WORK);
    }

    private static VolumeMount part(String part, String path) {
        return new VolumeMountBuilder()
                .withName(BUILD)
                .withMountPath(path)
                .withSubPath(part)
                .build();
    }

    private static VolumeMount inRoot(VolumeMount mount) {
        return new VolumeMountBuilder(mount)
                .withMountPath(InstallPaths.ROOT + mount.getMountPath())
                .build();
    }

    private static VolumeMount mount(String volume, String path, Boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly)
                .build();
    }
}
