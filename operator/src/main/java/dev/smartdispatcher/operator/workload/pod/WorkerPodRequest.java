package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.environment.PodSettings;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.policy.TaintToleration;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.cache.PodCache;
import dev.smartdispatcher.operator.workload.install.Builder;
import dev.smartdispatcher.operator.workload.install.Installation;
import java.util.List;
import java.util.Optional;

/**
 * All that a worker pod is made from.
 *
 * @param lists name of the ConfigMap with the package lists
 * @param entry name of the ConfigMap with the entry script
 * @param scratch volume for the working directory, instead of the worker's own disk
 * @param deadlineSeconds longest run of the command, enforced by the entry
 * @param priorityClassName empty for the cluster's default
 * @param retention what the entry keeps in the job's claim
 * @param device extended resource that the job's isolation takes one of
 * @param installation how the packages are installed; empty if nobody installs them
 * @param settings the environment's fields of pods
 * @param cache what builds of the namespace keep on the worker; empty if there is none
 */
public record WorkerPodRequest(
        JobIdentity job,
        BuildJobSpec spec,
        int attempt,
        Allocation allocation,
        PackagePlan plan,
        String lists,
        String entry,
        Optional<ScratchVolume> scratch,
        int deadlineSeconds,
        List<TaintToleration> tolerations,
        String priorityClassName,
        RetentionLimits retention,
        Optional<String> device,
        Optional<Installation> installation,
        PodSettings settings,
        Optional<PodCache> cache) {

    /** For an environment that has no installer and sets no field of pods, on a worker without a cache. */
    public WorkerPodRequest(
            JobIdentity job,
            BuildJobSpec spec,
            int attempt,
            Allocation allocation,
            PackagePlan plan,
            String lists,
            String entry,
            Optional<ScratchVolume> scratch,
            int deadlineSeconds,
            List<TaintToleration> tolerations,
            String priorityClassName,
            RetentionLimits retention,
            Optional<String> device) {
        this(
                job,
                spec,
                attempt,
                allocation,
                plan,
                lists,
                entry,
                scratch,
                deadlineSeconds,
                tolerations,
                priorityClassName,
                retention,
                device,
                Optional.empty(),
                PodSettings.NONE,
                Optional.empty());
    }

    /** Who runs in the build's container. */
    Builder builder() {
        return Builder.of(spec.requiresOrNothing().isolationOrDefault(), installation);
    }

    /** Size of the scratch disk. */
    long scratchBytes() {
        return Quantities.bytes(scratch.map(ScratchVolume::size).orElse(allocation.disk()));
    }

    PodIsolation isolation() {
        return new PodIsolation(spec.requiresOrNothing().isolationOrDefault(), device, installation);
    }
}
