package dev.smartdispatcher.e2e.bench.api;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.PackagesStatus;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.operator.status.JobStatuses;
import dev.smartdispatcher.operator.status.StatusFactory;
import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.ListConfigMap;
import dev.smartdispatcher.operator.workload.PodName;
import dev.smartdispatcher.operator.workload.pod.RetentionLimits;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import dev.smartdispatcher.operator.workload.pod.WorkerPodRequest;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Clock;
import java.util.Optional;

/**
 * What the operator writes for an ordinary job, made by the operator's own pure code but without deciding or observing
 * anything: so the same objects, as large as the real ones.
 *
 * @param memory that the job is given
 */
record Replica(BuildJob job, String worker, Quantity memory, PackagePlan plan) {
    private static final StatusFactory FACTORY = new StatusFactory(Clock.systemUTC());
    private static final JobStatuses STATUSES = new JobStatuses(FACTORY);

    Pod pod() {
        return WorkerPod.of(new WorkerPodRequest(
                identity(),
                job.getSpec(),
                1,
                allocation(),
                plan,
                ListConfigMap.name(plan),
                EntryConfigMap.of(Load.NAMESPACE).getMetadata().getName(),
                Optional.empty(),
                DispatchPolicySpec.STANDARD.defaults().activeDeadlineSeconds(),
                DispatchPolicySpec.STANDARD.tolerations(),
                DispatchPolicySpec.STANDARD.priorityClassName(),
                RetentionLimits.of(DispatchPolicySpec.STANDARD),
                Optional.empty()));
    }

    BuildJobStatus allocated() {
        var lists = new PackagesStatus(plan.listDigest(), ListConfigMap.name(plan), plan.summary(), plan.planDigest());
        return STATUSES.allocated(BuildJobStatus.EMPTY, attempt(false, false), allocation(), lists, 1);
    }

    BuildJobStatus started(BuildJobStatus allocated) {
        return STATUSES.started(allocated, attempt(true, false), 1);
    }

    BuildJobStatus complete(BuildJobStatus started) {
        return STATUSES.complete(started, attempt(true, true), null, null, 1);
    }

    private Allocation allocation() {
        return new Allocation(
                worker, Load.ARCHITECTURE.name(), Mode.Native, 1, new Quantity("1"), memory, new Quantity("1Gi"));
    }

    private Attempt attempt(boolean started, boolean ended) {
        var now = FACTORY.now();
        var attempt = AttemptBuilder.builder()
                .number(1)
                .worker(worker)
                .pod(PodName.of(identity(), 1))
                .parallelism(1)
                .memory(memory)
                .disk(new Quantity("1Gi"))
                .dispatchTime(now)
                .startTime(started ? now : null);
        return ended
                ? attempt.endTime(now)
                        .outcome(Reason.Succeeded)
                        .exitCode(0)
                        .message("succeeded")
                        .build()
                : attempt.build();
    }

    private JobIdentity identity() {
        var meta = job.getMetadata();
        return new JobIdentity(meta.getNamespace(), meta.getName(), meta.getUid());
    }
}
