package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.job.JobVolume;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

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

    private static final int EXECUTABLE = 0555;

    private PodVolumes() {}

    /** Whether a volume of this name is the operator's. */
    static boolean isOwn(String name) {
        return name != null && name.startsWith(WorkerPod.OWN_VOLUMES);
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
        volumes.add(scratch(TMP, disk));
        volumes.add(new VolumeBuilder()
                .withName(STATE)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(STATE_SIZE)
                .endEmptyDir()
                .build());
        if (request.spec().results() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(CLAIM)
                    .withNewPersistentVolumeClaim(request.spec().results().claimName(), false)
                    .build());
        }
        request.spec().volumes().forEach(v -> volumes.add(volume(v)));
        return volumes;
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

    static List<VolumeMount> mounts(WorkerPodRequest request) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount(ENTRY, Paths.ENTRY, true));
        mounts.add(mount(LISTS, Paths.LISTS, true));
        mounts.add(mount(POD, Paths.POD, true));
        mounts.add(mount(BUILD, Paths.BUILD, null));
        mounts.add(mount(TMP, Paths.TMP, null));
        mounts.add(mount(STATE, Paths.STATE, null));
        if (request.spec().results() != null) {
            mounts.add(mount(CLAIM, Paths.CLAIM, null));
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

    private static VolumeMount mount(String volume, String path, Boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly)
                .build();
    }
}
