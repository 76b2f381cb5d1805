package dev.smartdispatcher.operator.reconcile.worker;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Optional;

/** Keeps some hundred bytes of each pod instead of some ten thousand: a cluster has far more pods than builds. */
final class RequestsOnlyStore extends BasicItemStore<Pod> {
    RequestsOnlyStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public Pod put(String key, Pod pod) {
        return super.put(key, trimmed(pod));
    }

    static Pod trimmed(Pod pod) {
        var meta = pod.getMetadata();
        var spec = pod.getSpec();
        return new PodBuilder()
                .withNewMetadata()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .endMetadata()
                .withNewSpec()
                .withNodeName(spec.getNodeName())
                .withOverhead(spec.getOverhead())
                .withResources(spec.getResources())
                .withContainers(spec.getContainers().stream()
                        .map(RequestsOnlyStore::trimmed)
                        .toList())
                .withInitContainers(spec.getInitContainers().stream()
                        .map(RequestsOnlyStore::trimmed)
                        .toList())
                .endSpec()
                .withNewStatus()
                .withContainerStatuses(trimmed(status(pod).map(PodStatus::getContainerStatuses)))
                .withInitContainerStatuses(trimmed(status(pod).map(PodStatus::getInitContainerStatuses)))
                .endStatus()
                .build();
    }

    private static Optional<PodStatus> status(Pod pod) {
        return Optional.ofNullable(pod.getStatus());
    }

    private static Container trimmed(Container container) {
        return new ContainerBuilder()
                .withName(container.getName())
                .withRestartPolicy(container.getRestartPolicy())
                .withResources(container.getResources())
                .build();
    }

    private static List<ContainerStatus> trimmed(Optional<List<ContainerStatus>> statuses) {
        return statuses.orElse(List.of()).stream()
                .map(status -> new ContainerStatusBuilder()
                        .withName(status.getName())
                        .withResources(status.getResources())
                        .build())
                .toList();
    }
}
