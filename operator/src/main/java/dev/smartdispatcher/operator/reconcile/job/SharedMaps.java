package dev.smartdispatcher.operator.reconcile.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ConfigMaps that many pods of a namespace mount, named by their content: made once, and kept while they are used. */
final class SharedMaps {
    /** A ConfigMap's last use is written again after this long: often enough for those that sweep. */
    private static final Duration REFRESH = ListSweeper.UNUSED.dividedBy(4);

    private final KubernetesClient client;
    private final Clock clock;
    /** When ConfigMaps, as namespace/name, were last created or said to be used: spares two writes an attempt. */
    private final Map<String, Instant> known = new ConcurrentHashMap<>();

    SharedMaps(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** It is there, as far as is known, and its use is written. */
    void ensure(ConfigMap map) {
        var last = known.get(key(map));
        if (last == null || !clock.instant().isBefore(last.plus(REFRESH))) {
            renew(map);
        }
    }

    /** It is there, whatever was known. */
    void renew(ConfigMap map) {
        var now = clock.instant();
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
        known.put(key(map), now);
    }

    private static String key(ConfigMap map) {
        return map.getMetadata().getNamespace() + "/" + map.getMetadata().getName();
    }
}
