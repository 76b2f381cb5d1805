package dev.smartdispatcher.operator.controller.configmap;

import dev.smartdispatcher.operator.controller.NameConflictException;
import dev.smartdispatcher.operator.controller.informer.Pages;
import dev.smartdispatcher.operator.workload.MountedContent;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a ConfigMap be there with the operator's content: whoever may create ConfigMaps in the namespace could have made one of
 * its name, with a script that other users' builds would run. The name tells nothing of the content, which is compared; an
 * object that differs is replaced. Since both the name's objects are immutable, an object that was found right stays right for
 * as long as it has its UID.
 */
final class MapVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(MapVerifier.class);
    /** More often than that nobody comes between by chance. */
    private static final int TRIES = 3;

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final KubernetesClient client;

    MapVerifier(KubernetesClient client) {
        this.client = client;
    }

    /** The ConfigMap's object, and whether it was made just now. */
    record Verified(String uid, boolean created) {}

    /**
     * The object of this name, made now or found to be the same.
     *
     * @throws NameConflictException if what is there differs and cannot be replaced
     * @throws KubernetesClientException if the API server refuses
     */
    Verified verified(ConfigMap map) {
        for (int i = 0; i < TRIES; i++) {
            var created = create(map);
            if (created.isPresent()) {
                return new Verified(asSent(map, created.get()), true);
            }
            var found = Optional.ofNullable(client.resource(map).get());
            if (found.filter(f -> MountedContent.same(f, map)).isPresent()) {
                return new Verified(found.get().getMetadata().getUid(), false);
            }
            found.ifPresent(this::remove);
        }
        throw new NameConflictException(
                false,
                name(map)
                        + " is not the operator's, and cannot be replaced: it is held by finalizers, or made again and"
                        + " again");
    }

    private Optional<ConfigMap> create(ConfigMap map) {
        try {
            return Optional.of(client.resource(map).create());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static String asSent(ConfigMap map, ConfigMap created) {
        if (!MountedContent.same(created, map)) {
            throw new NameConflictException(
                    false, name(map) + " differs from what the operator sent: an admission webhook changes it");
        }
        return created.getMetadata().getUid();
    }

    /**
     * Deletes an object that differs. Not while a pod mounts it: a kubelet never looks again at an immutable ConfigMap that a pod
     * of its node mounts, and would give its content to new pods, too.
     */
    private void remove(ConfigMap foreign) {
        Pages.each(client.pods().inNamespace(foreign.getMetadata().getNamespace()), pod -> {
            if (holds(pod, foreign)) {
                throw new NameConflictException(
                        false,
                        name(foreign)
                                + " is not the operator's, and cannot be replaced while the pod "
                                + pod.getMetadata().getName() + " uses it: delete the pod");
            }
        });
        LOG.warn(
                "{} in namespace {} is not the operator's, replacing it",
                name(foreign),
                foreign.getMetadata().getNamespace());
        try {
            client.resource(foreign).lockResourceVersion().delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // It was changed or replaced meanwhile, and is looked at again.
        }
    }

    private static boolean holds(Pod pod, ConfigMap map) {
        return (pod.getStatus() == null || !ENDED.contains(pod.getStatus().getPhase()))
                && AttemptPod.of(pod).isEmpty()
                && MountedContent.uses(pod, map.getMetadata().getName());
    }

    private static String name(ConfigMap map) {
        return "ConfigMap '" + map.getMetadata().getName() + "'";
    }
}
