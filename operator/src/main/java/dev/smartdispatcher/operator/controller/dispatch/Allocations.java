package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.MemoryBasis;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.status.JobStatuses;
import dev.smartdispatcher.operator.status.StatusFactory;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.ListConfigMap;
import dev.smartdispatcher.operator.workload.PodName;
import java.util.Optional;

/** Makes the status that records a placement: the allocation is in it before anything is done about it. */
final class Allocations {
    private final JobStatuses statuses;
    private final StatusFactory factory;

    Allocations(StatusFactory factory) {
        this.factory = factory;
        statuses = new JobStatuses(factory);
    }

    /** The job's status with the placement recorded, and the plan of its (hostArch, targetArch, mode). */
    BuildJobStatus allocated(BuildJob job, Placement placement, BuildEnvironmentSpec environment) {
        var status = Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
        var meta = job.getMetadata();
        var identity = new JobIdentity(meta.getNamespace(), meta.getName(), meta.getUid());
        var room = placement.room();
        var allocation = new Allocation(
                placement.worker().name(),
                placement.worker().hostArch().name(),
                placement.mode(),
                placement.parallelism(),
                Quantities.ofMillis(room.cpuMillis()),
                Quantities.ofBytes(room.memory()),
                Quantities.ofBytes(room.disk()),
                basis(job.getSpec(), placement),
                placement.job().requirements().counted());
        var plan = PackageRules.evaluate(
                environment,
                placement.worker().hostArch(),
                placement.job().requirements().target(),
                placement.mode());
        var attempt = AttemptBuilder.builder()
                .number(placement.job().attempt())
                .worker(allocation.worker())
                .pod(PodName.of(identity, placement.job().attempt()))
                .parallelism(allocation.parallelism())
                .memory(allocation.memory())
                .disk(allocation.disk())
                .dispatchTime(factory.now())
                .build();
        return statuses.allocated(status, attempt, allocation, ListConfigMap.recorded(plan), meta.getGeneration());
    }

    private static MemoryBasis basis(BuildJobSpec spec, Placement placement) {
        if (placement.job().declared().isPresent() && !placement.job().guessed()) {
            return MemoryBasis.Profile;
        }
        var memory = spec.resources() == null ? null : spec.resources().memory();
        return memory == null ? MemoryBasis.Default : MemoryBasis.Declared;
    }
}
