package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.demand.BuildResources;
import dev.smartdispatcher.api.job.demand.DiskRequest;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.policy.JobDefaults;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import java.util.Optional;

/**
 * A volume of a storage class as a build's working directory, in place of the worker's own disk. It comes and goes with the
 * pod: a generic ephemeral volume.
 */
public record ScratchVolume(String storageClassName, Quantity size) {
    /** What such a build still takes of the worker's own disk, in bytes: for its log and {@code /tmp}. */
    public static final long BESIDE_BYTES = 1L << 30;

    /** The volume that a job asks for, or that the policy gives to jobs that say nothing; empty: the worker's own disk. */
    public static Optional<ScratchVolume> of(BuildJobSpec spec, JobDefaults defaults) {
        var asked = Optional.ofNullable(spec.resources()).map(BuildResources::disk);
        return asked.map(DiskRequest::storageClassName)
                .or(() -> Optional.ofNullable(defaults.disk().storageClassName()))
                .filter(name -> !name.isEmpty())
                .map(name -> new ScratchVolume(name, size(spec, defaults)));
    }

    /** The volume after these attempts: twice as large for each that ran out of disk, as far as an amount may go. */
    public ScratchVolume grown(List<Attempt> attempts) {
        long bytes = Quantities.bytes(size);
        for (var attempt : attempts) {
            if (attempt.outcome() == Reason.OutOfDisk) {
                bytes = Math.min(2 * bytes, Quantities.MOST);
            }
        }
        return bytes == Quantities.bytes(size) ? this : new ScratchVolume(storageClassName, Quantities.ofBytes(bytes));
    }

    /** The scratch disk of a job, wherever it lies. */
    public static Quantity size(BuildJobSpec spec, JobDefaults defaults) {
        return Optional.ofNullable(spec.resources())
                .map(BuildResources::disk)
                .map(DiskRequest::size)
                .orElse(defaults.disk().size());
    }

    Volume volume(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEphemeral()
                .withNewVolumeClaimTemplate()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storageClassName)
                .withNewResources()
                .addToRequests("storage", size)
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endEphemeral()
                .build();
    }
}
