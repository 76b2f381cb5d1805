package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.attempt.StopRequest;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.environment.EnvironmentProblems;
import dev.smartdispatcher.operator.controller.job.removal.PodRemovals;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.operator.workload.AllocationAnnotation;
import dev.smartdispatcher.operator.workload.ListConfigMap;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Pods of a waiting job that came when their attempt had been taken back. One that could be started now as it is becomes the
 * job's next attempt; others are deleted. Nothing else is decided for the job before.
 */
final class UnrecordedPods {
    private final KubernetesClient client;
    private final ClusterView cluster;
    private final AllocationRecheck recheck;
    private final LiveAttempts live;
    private final PodRemovals removals;

    /** What a pod would be recorded as. */
    private record Found(Attempt attempt, Allocation allocation, PackagePlan plan) {}

    UnrecordedPods(
            KubernetesClient client,
            ClusterView cluster,
            AllocationRecheck recheck,
            LiveAttempts live,
            PodRemovals removals) {
        this.client = client;
        this.cluster = cluster;
        this.recheck = recheck;
        this.live = live;
        this.removals = removals;
    }

    /** When to look again at a job that has such pods; empty if it has none. */
    Optional<Duration> settle(BuildJob job, BuildJobStatus status) {
        var pods = cluster.unrecordedPods(job, status);
        if (pods.isEmpty()) {
            return Optional.empty();
        }
        if (isCurrent(job)) {
            var fitting = pods.stream()
                    .flatMap(pod -> found(job, pod).filter(f -> fits(f, pod)).stream())
                    .findFirst();
            fitting.ifPresentOrElse(
                    f -> live.adopted(job, status, f.attempt(), f.allocation(), ListConfigMap.recorded(f.plan())),
                    () -> removals.withdrawUnrecorded(job, pods));
        }
        return Optional.of(AttemptPods.SOON);
    }

    /** A cache of jobs that lags behind that of pods does not show the attempts of running pods. */
    private boolean isCurrent(BuildJob job) {
        var meta = job.getMetadata();
        return Optional.ofNullable(client.resources(BuildJob.class)
                        .inNamespace(meta.getNamespace())
                        .withName(meta.getName())
                        .get())
                .filter(found -> found.getMetadata().getResourceVersion().equals(meta.getResourceVersion()))
                .isPresent();
    }

    private Optional<Found> found(BuildJob job, Pod pod) {
        var name = job.getSpec().environment();
        var environment = cluster.environment(name);
        if (pod.isMarkedForDeletion()
                || StopRequest.of(job.getSpec()).isPresent()
                || EnvironmentProblems.obstacle(name, environment).isPresent()) {
            return Optional.empty();
        }
        return AllocationAnnotation.read(pod)
                .filter(allocation ->
                        pod.getMetadata().getLabels().get(Labels.WORKER).equals(allocation.worker())
                                && allocation.mode() != null
                                && Architecture.of(String.valueOf(allocation.hostArch()))
                                        .isPresent())
                .map(allocation -> new Found(
                        attempt(pod, allocation),
                        allocation,
                        PodCreator.plan(
                                job, allocation, environment.orElseThrow().getSpec())));
    }

    private static Attempt attempt(Pod pod, Allocation allocation) {
        var meta = pod.getMetadata();
        return AttemptBuilder.builder()
                .number(AttemptPod.of(pod).orElseThrow().attempt())
                .worker(allocation.worker())
                .pod(meta.getName())
                .parallelism(allocation.parallelism())
                .memory(allocation.memory())
                .disk(allocation.disk())
                .dispatchTime(Instant.parse(meta.getCreationTimestamp()))
                .build();
    }

    /** Whether the pod could be started now. One that has ended takes no room. */
    private boolean fits(Found found, Pod pod) {
        var attempt = found.attempt();
        return found.plan()
                        .planDigest()
                        .equals(pod.getMetadata().getAnnotations().get(Annotations.PLAN))
                && !recheck.isUnknown(attempt)
                && (PodState.ended(pod) || !recheck.isDraining(attempt) && !recheck.isOverbooked(attempt));
    }
}
