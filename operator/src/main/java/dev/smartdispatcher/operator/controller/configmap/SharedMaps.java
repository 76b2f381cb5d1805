package dev.smartdispatcher.operator.controller.configmap;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.operator.controller.NameConflictException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;

/**
 * The ConfigMaps that many pods of a namespace mount, named by their content: made once, verified before each use, and kept
 * while they are used. What was verified is remembered by its UID, so that a further use costs one small read. It cannot be
 * spared: since the object is immutable it stays right until it is deleted, but whoever may delete it can make another one of its
 * name, and only the API server knows which one the next pod would mount.
 */
public final class SharedMaps {
    /** A ConfigMap's last use is written again after this long: often enough for those that sweep. */
    private static final Duration REFRESH = ListSweeper.UNUSED.dividedBy(4);

    private final KubernetesClient client;
    private final MapVerifier verifier;
    private final ObjectUids uids;
    private final Clock clock;
    private final KnownMaps known;

    public SharedMaps(KubernetesClient client, Clock clock) {
        this.client = client;
        this.verifier = new MapVerifier(client);
        this.uids = new ObjectUids(client);
        this.clock = clock;
        this.known = new KnownMaps(clock);
    }

    /**
     * It is there with its content, and its use is written.
     *
     * @throws NameConflictException if another one has its name, and cannot be replaced
     */
    public void ensure(ConfigMap map) {
        var last = known.of(key(map));
        if (last.isEmpty() || uids.of(map).filter(last.get().uid()::equals).isEmpty()) {
            renew(map);
        } else if (!clock.instant().isBefore(last.get().used().plus(REFRESH))) {
            use(map, last.get().uid());
        }
    }

    /** The same, whatever was known. */
    public void renew(ConfigMap map) {
        known.forget(key(map));
        var verified = verifier.verified(map);
        if (verified.created()) {
            known.used(key(map), verified.uid());
        } else {
            use(map, verified.uid());
        }
    }

    /** There already: only that it is used now is new. */
    private void use(ConfigMap map, String uid) {
        var used = map.getMetadata().getAnnotations();
        if (used != null && !used.isEmpty()) {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(map.getMetadata().getName())
                            .withNamespace(map.getMetadata().getNamespace())
                            // Those that sweep find it by its label.
                            .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                            .withAnnotations(used)
                            .endMetadata()
                            .build())
                    .patch(PatchContext.of(PatchType.JSON_MERGE));
        }
        known.used(key(map), uid);
    }

    private static String key(ConfigMap map) {
        return map.getMetadata().getNamespace() + "/" + map.getMetadata().getName();
    }
}
