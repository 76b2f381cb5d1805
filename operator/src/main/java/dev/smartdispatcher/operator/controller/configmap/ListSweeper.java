package dev.smartdispatcher.operator.controller.configmap;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.DaemonTimer;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.informer.Pages;
import dev.smartdispatcher.operator.workload.ListConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes list ConfigMaps an hour after their last use, unless a pod that has not ended mounts them. */
public final class ListSweeper implements AutoCloseable {
    /** Without a use for this long a list goes. */
    static final Duration UNUSED = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ListSweeper.class);
    private static final Duration EACH = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final Clock clock;
    private final DaemonTimer timer = new DaemonTimer("list-sweeper");

    public ListSweeper(KubernetesClient client, ClusterView cluster, Clock clock) {
        this.client = client;
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Sweeps now and then. */
    public void start() {
        timer.each(EACH, EACH, this::sweepSafely);
    }

    private void sweepSafely() {
        try {
            sweep();
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue(LogKeys.STATUS_CODE, e.getCode()).log("lists not swept: {}", ApiFailure.reason(e));
        }
    }

    /** Sweeps once. */
    public void sweep() {
        var mounted = mounted();
        Pages.metadata(client.configMaps().inAnyNamespace().withLabel(Labels.MANAGED_BY, Labels.OPERATOR), list -> {
            if (unused(list) && !mounted.contains(key(list))) {
                delete(list);
            }
        });
    }

    /** Unless it was used again meanwhile, which is a conflict. One that cannot be deleted is left to the next time. */
    private void delete(ObjectMeta list) {
        try {
            client.configMaps()
                    .inNamespace(list.getNamespace())
                    .withName(list.getName())
                    .lockResourceVersion(list.getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("list {} not deleted: {}", key(list), ApiFailure.reason(e));
        }
    }

    /** One that anybody else has labelled and annotated is not the operator's: by its name it is. */
    private boolean unused(ObjectMeta list) {
        if (!ListConfigMap.isName(list.getName())) {
            return false;
        }
        var annotations = list.getAnnotations();
        var lastUsed = annotations == null ? null : annotations.get(Annotations.LAST_USED);
        try {
            return lastUsed != null && Instant.parse(lastUsed).plus(UNUSED).isBefore(clock.instant());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private Set<String> mounted() {
        return cluster.pods()
                .filter(pod -> !PodState.ended(pod))
                .flatMap(pod -> pod.getSpec().getVolumes().stream()
                        .map(v -> v.getConfigMap())
                        .filter(Objects::nonNull)
                        .map(c -> pod.getMetadata().getNamespace() + "/" + c.getName()))
                .collect(Collectors.toSet());
    }

    private static String key(ObjectMeta list) {
        return list.getNamespace() + "/" + list.getName();
    }

    @Override
    public void close() {
        timer.close();
    }
}
