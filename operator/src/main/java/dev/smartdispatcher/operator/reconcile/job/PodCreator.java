package dev.smartdispatcher.operator.reconcile.job;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.ListConfigMap;
import dev.smartdispatcher.operator.workload.ScratchVolume;
import dev.smartdispatcher.operator.workload.WorkerPod;
import dev.smartdispatcher.operator.workload.WorkerPodRequest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates an attempt's pod and, before it, the ConfigMaps that it mounts. Every name is deterministic, so doing it twice
 * is doing it once.
 */
final class PodCreator {
    private final KubernetesClient client;
    private final Clock clock;
    /** A ConfigMap's last use is written again after this long: often enough for those that sweep. */
    private static final Duration REFRESH = ListSweeper.UNUSED.dividedBy(4);

    /** When ConfigMaps, as namespace/name, were last created or said to be used: spares two writes an attempt. */
    private final Map<String, Instant> known = new ConcurrentHashMap<>();

    PodCreator(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * The pod of the job's live attempt, created now or found there; empty if it was there and has gone meanwhile.
     *
     * @throws KubernetesClientException if the API server refuses the pod
     */
    Optional<Pod> create(BuildJob job, Attempt attempt, BuildEnvironmentSpec environment, DispatchPolicySpec policy) {
        var meta = job.getMetadata();
        var spec = job.getSpec();
        var allocation = job.getStatus().allocation();
        var plan = PackageRules.evaluate(
                environment,
                Architecture.of(allocation.hostArch()).orElseThrow(),
                Architecture.of(spec.targetArch()).orElseThrow(),
                allocation.mode());
        var lists = lists(meta.getNamespace(), plan);
        var entry = EntryConfigMap.of(meta.getNamespace());
        ensure(entry);
        var pod = WorkerPod.of(new WorkerPodRequest(
                new JobIdentity(meta.getNamespace(), meta.getName(), meta.getUid()),
                spec,
                attempt.number(),
                allocation,
                plan,
                environment.command(),
                lists,
                entry.getMetadata().getName(),
                ScratchVolume.of(spec, policy.defaults()),
                spec.activeDeadlineSeconds() == null
                        ? policy.defaults().activeDeadlineSeconds()
                        : spec.activeDeadlineSeconds(),
                policy.tolerations(),
                policy.priorityClassName(),
                new Isolations(policy.isolation())
                        .device(spec.requiresOrNothing().isolationOrDefault())));
        try {
            return Optional.of(client.resource(pod).create());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return Optional.ofNullable(client.resource(pod).get());
            }
            throw e;
        }
    }

    /** Makes sure that the lists are there, and says that they are used. */
    private String lists(String namespace, PackagePlan plan) {
        var map = ListConfigMap.of(namespace, plan, clock.instant());
        ensure(map);
        return map.getMetadata().getName();
    }

    private void ensure(ConfigMap map) {
        var key = map.getMetadata().getNamespace() + "/" + map.getMetadata().getName();
        var now = clock.instant();
        var last = known.get(key);
        if (last != null && now.isBefore(last.plus(REFRESH))) {
            return;
        }
        try {
            client.resource(map).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // There already: only that it is used now is new.
            var used = map.getMetadata().getAnnotations();
            if (used != null && !used.isEmpty()) {
                client.resource(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName(map.getMetadata().getName())
                                .withNamespace(map.getMetadata().getNamespace())
                                .withAnnotations(used)
                                .endMetadata()
                                .build())
                        .patch(PatchContext.of(PatchType.JSON_MERGE));
            }
        }
        known.put(key, now);
    }
}
