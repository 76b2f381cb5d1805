package dev.smartdispatcher.operator.controller.informer;

import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.worker.node.PodRequests;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Map;

/**
 * Keeps some hundred bytes of each pod instead of some ten thousand, or a million where its tenant wants that: its node, and in
 * one container what it requests altogether. A cluster has far more pods than builds.
 */
final class RequestsOnlyStore extends BasicItemStore<Pod> {
    /** For a pod whose amounts exceed what can be counted: these exceed it too, so that the pod counts for nothing. */
    private static final Map<String, Quantity> BEYOND = Map.of("memory", new Quantity("8Ei"));

    RequestsOnlyStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public Pod put(String key, Pod pod) {
        return super.put(key, trimmed(pod));
    }

    static Pod trimmed(Pod pod) {
        var meta = pod.getMetadata();
        return new PodBuilder()
                .withNewMetadata()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .endMetadata()
                .withNewSpec()
                .withNodeName(pod.getSpec().getNodeName())
                .addNewContainer()
                .withNewResources()
                .withRequests(
                        PodRequests.of(pod).map(RequestsOnlyStore::amounts).orElse(BEYOND))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static Map<String, Quantity> amounts(Room room) {
        return Map.of(
                "cpu", Quantities.ofMillis(room.cpuMillis()),
                "memory", Quantities.ofBytes(room.memory()),
                "ephemeral-storage", Quantities.ofBytes(room.disk()));
    }
}
