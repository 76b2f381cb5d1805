package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.api.policy.JobDefaults;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.client.OperatorClient;
import dev.smartdispatcher.operator.client.ServerClock;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import dev.smartdispatcher.operator.client.refusal.RefusalKind;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.NameConflictException;
import dev.smartdispatcher.operator.controller.RefusedException;
import dev.smartdispatcher.operator.controller.configmap.SharedMaps;
import dev.smartdispatcher.operator.controller.informer.LeanJobs;
import dev.smartdispatcher.operator.controller.job.removal.StrayPods;
import dev.smartdispatcher.operator.controller.volume.CacheVolumes;
import dev.smartdispatcher.operator.controller.volume.CacheVolumes.Answer;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.workload.CreateBefore;
import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.ListConfigMap;
import dev.smartdispatcher.operator.workload.cache.PodCache;
import dev.smartdispatcher.operator.workload.install.Installation;
import dev.smartdispatcher.operator.workload.pod.PodAuthors;
import dev.smartdispatcher.operator.workload.pod.RetentionLimits;
import dev.smartdispatcher.operator.workload.pod.ScratchVolume;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import dev.smartdispatcher.operator.workload.pod.WorkerPodRequest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Creates an attempt's pod and, before it, the ConfigMaps that it mounts. Every name is deterministic, so doing it twice
 * is doing it once.
 */
final class PodCreator {
    private final KubernetesClient client;
    /** For creations of pods: of each it has to be known whether it was answered. */
    private final KubernetesClient once;

    private final ServerClock server;
    private final UnansweredCreations unanswered;
    private final Installations installations;
    private final CacheVolumes caches;
    private final EventRecorder events;
    private final Clock clock;
    private final SharedMaps maps;

    PodCreator(
            KubernetesClient client,
            Installations installations,
            CacheVolumes caches,
            EventRecorder events,
            ServerClock server,
            UnansweredCreations unanswered,
            Clock clock) {
        this.client = client;
        this.once = OperatorClient.once(client);
        this.server = server;
        this.unanswered = unanswered;
        this.installations = installations;
        this.caches = caches;
        this.events = events;
        this.clock = clock;
        maps = new SharedMaps(client, clock);
    }

    /**
     * The pod of the job's live attempt, created now or found there; empty if it was there and has gone meanwhile, or the job
     * has.
     *
     * @throws RefusedException if the API server refuses the pod, or a ConfigMap that it mounts
     * @throws NameConflictException if another object has its name, or that of a ConfigMap that it mounts
     */
    Optional<Pod> create(
            BuildJob job,
            Attempt attempt,
            BuildEnvironmentSpec environment,
            PackagePlan plan,
            DispatchPolicySpec policy) {
        var spec = whole(job);
        return spec.isEmpty() ? Optional.empty() : create(job, spec.get(), attempt, environment, plan, policy);
    }

    /** What the cache does not keep of a large spec is asked for; empty if the job has gone. */
    private Optional<BuildJobSpec> whole(BuildJob job) {
        if (LeanJobs.isWhole(job)) {
            return Optional.of(job.getSpec());
        }
        var meta = job.getMetadata();
        try {
            return Optional.ofNullable(client.resources(BuildJob.class)
                            .inNamespace(meta.getNamespace())
                            .withName(meta.getName())
                            .get())
                    .filter(found -> found.getMetadata().getUid().equals(meta.getUid()))
                    .map(BuildJob::getSpec);
        } catch (KubernetesClientException e) {
            throw new RefusedException(ApiFailure.refusal(Verb.Create, "pods", e), e);
        }
    }

    private Optional<Pod> create(
            BuildJob job,
            BuildJobSpec spec,
            Attempt attempt,
            BuildEnvironmentSpec environment,
            PackagePlan plan,
            DispatchPolicySpec policy) {
        var meta = job.getMetadata();
        var allocation = job.getStatus().allocation();
        var lists = ListConfigMap.of(meta.getNamespace(), plan, clock.instant());
        var entry = EntryConfigMap.of(meta.getNamespace());
        ensure(lists);
        ensure(entry);
        var installation = installations.of(environment, meta.getNamespace(), spec, allocation);
        var cache = spec.cache() != null
                        || installation.filter(Installation::isPrepared).isPresent()
                ? caches.ensure(meta.getNamespace(), allocation.worker())
                : Answer.NONE;
        var request = new WorkerPodRequest(
                new JobIdentity(meta.getNamespace(), meta.getName(), meta.getUid()),
                withIdleDeadline(spec, policy.defaults()),
                attempt.number(),
                allocation,
                plan,
                lists.getMetadata().getName(),
                entry.getMetadata().getName(),
                ScratchVolume.of(spec, policy.defaults())
                        .map(volume -> volume.grown(job.getStatus().attempts())),
                spec.activeDeadlineSeconds() == null
                        ? policy.defaults().activeDeadlineSeconds()
                        : spec.activeDeadlineSeconds(),
                policy.tolerations(),
                policy.priorityClassName(),
                RetentionLimits.of(policy),
                new Isolations(policy.isolation())
                        .device(spec.requiresOrNothing().isolationOrDefault()),
                installation,
                environment.pod(),
                cache.volume().map(volume -> new PodCache(volume, caches.busy(job, allocation.worker()))));
        var createBefore = createBefore();
        var pod = CreateBefore.marked(WorkerPod.of(request), createBefore);
        try {
            var created = once.resource(pod).create();
            cache.problem().ifPresent(problem -> events.warning(job, Reason.CacheUnavailable, told(attempt, problem)));
            return Optional.of(created);
        } catch (KubernetesClientException e) {
            var authors = new PodAuthors(request, pod);
            var refusal = ApiFailure.refusal(Verb.Create, "pods", e, authors::of);
            if (refusal.kind() == RefusalKind.AlreadyThere) {
                return Optional.ofNullable(client.resource(pod).get()).map(found -> owned(job, found));
            }
            if (refusal.kind() == RefusalKind.AskAgain) {
                server.forget();
            }
            if (refusal.mayBeDone()) {
                unanswered.unanswered(job, attempt, createBefore);
            }
            throw new RefusedException(refusal, e);
        }
    }

    private Instant createBefore() {
        try {
            return CreateBefore.of(server.now());
        } catch (KubernetesClientException e) {
            throw new RefusedException(ApiFailure.refusal(Verb.Create, "pods", e), e);
        }
    }

    private static String told(Attempt attempt, String problem) {
        return "attempt " + attempt.number() + " on " + attempt.worker() + " has no cache: " + problem;
    }

    private static BuildJobSpec withIdleDeadline(BuildJobSpec spec, JobDefaults defaults) {
        return spec.idleDeadlineSeconds() == null ? spec.withIdleDeadlineSeconds(defaults.idleDeadlineSeconds()) : spec;
    }

    private void ensure(ConfigMap map) {
        try {
            maps.ensure(map);
        } catch (KubernetesClientException e) {
            throw new RefusedException(ApiFailure.refusal(Verb.Create, "configmaps", e), e);
        }
    }

    private static Pod owned(BuildJob job, Pod found) {
        if (!StrayPods.isOwned(job, found)) {
            throw new NameConflictException(
                    true,
                    "the pod '" + found.getMetadata().getName()
                            + "' is not the job's but has the name of the job's pod: delete it");
        }
        return found;
    }

    /**
     * What a pod mounts that does not start although it has a node: there again if somebody has deleted it, or the namespace
     * with it and made another one of the same name. The lists only if they are still what the environment comes to: others are
     * not what the pod mounts.
     */
    void mend(BuildJob job, BuildEnvironmentSpec environment) {
        var namespace = job.getMetadata().getNamespace();
        var lists = ListConfigMap.of(namespace, plan(job, environment), clock.instant());
        var recorded = job.getStatus().packages();
        if (recorded == null || recorded.configMap().equals(lists.getMetadata().getName())) {
            maps.renew(lists);
        }
        maps.renew(EntryConfigMap.of(namespace));
    }

    /** What the job's live attempt gets from its environment as that is now. */
    static PackagePlan plan(BuildJob job, BuildEnvironmentSpec environment) {
        return plan(job, job.getStatus().allocation(), environment);
    }

    /** What an attempt with this allocation would get from its environment. */
    static PackagePlan plan(BuildJob job, Allocation allocation, BuildEnvironmentSpec environment) {
        return PackageRules.evaluate(
                environment,
                Architecture.of(allocation.hostArch()).orElseThrow(),
                Architecture.of(job.getSpec().targetArch()).orElseThrow(),
                allocation.mode());
    }
}
