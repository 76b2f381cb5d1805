package dev.smartdispatcher.e2e.hollow;

import dev.smartdispatcher.e2e.pods.Amounts;
import dev.smartdispatcher.e2e.pods.PodPhase;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds pods where there is no kube-scheduler: each to the one node that its affinity names, once that node is there, is not
 * cordoned and has room for it. To be closed; the client is the caller's.
 */
public final class Binder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Binder.class);
    private static final long RETRY_MILLIS = 200;

    private final KubernetesClient client;
    private final AtomicBoolean due = new AtomicBoolean();
    /** By UID the node of each pod that was bound here, as the informer may not show it yet. */
    private final Map<String, String> bound = new ConcurrentHashMap<>();

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("binder"));
    private final SharedIndexInformer<Node> nodes;
    private final SharedIndexInformer<Pod> pods;

    public Binder(KubernetesClient client) {
        this.client = client;
        nodes = client.nodes().runnableInformer(0).addEventHandler(new Waker<>());
        pods = client.pods().inAnyNamespace().runnableInformer(0).addEventHandler(new Waker<>());
        nodes.run();
        pods.run();
    }

    private void wake(long delayMillis) {
        if (!thread.isShutdown() && due.compareAndSet(false, true)) {
            thread.schedule(this::pass, delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void pass() {
        due.set(false);
        for (var pod : pods.getStore().list()) {
            if (node(pod) == null && pod.getMetadata().getDeletionTimestamp() == null && !PodPhase.isFinished(pod)) {
                wanted(pod)
                        .map(nodes.getStore()::getByKey)
                        .filter(node -> takes(node, pod))
                        .ifPresent(node -> bind(pod, node.getMetadata().getName()));
            }
        }
    }

    private boolean takes(Node node, Pod pod) {
        var used = pods.getStore().list().stream()
                .filter(other -> node.getMetadata().getName().equals(node(other)) && !PodPhase.isFinished(other))
                .map(other -> Amounts.requestedBy(other.getSpec()))
                .reduce(Amounts.NONE, Amounts::plus);
        return !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && Amounts.of(node.getStatus().getAllocatable())
                        .lacking(used, Amounts.requestedBy(pod.getSpec()))
                        .isEmpty();
    }

    private void bind(Pod pod, String node) {
        try {
            var meta = pod.getMetadata();
            client.raw(
                    "/api/v1/namespaces/%s/pods/%s/binding".formatted(meta.getNamespace(), meta.getName()),
                    "POST",
                    new BindingBuilder()
                            .withNewMetadata()
                            .withName(meta.getName())
                            .withUid(meta.getUid())
                            .endMetadata()
                            .withNewTarget()
                            .withApiVersion("v1")
                            .withKind("Node")
                            .withName(node)
                            .endTarget()
                            .build());
            bound.put(pod.getMetadata().getUid(), node);
        } catch (KubernetesClientException e) {
            LOG.atDebug()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .setCause(e)
                    .log("not bound, tried again");
            wake(RETRY_MILLIS);
        }
    }

    private String node(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getNodeName())
                .orElseGet(() -> bound.get(pod.getMetadata().getUid()));
    }

    /** The only value of the only term of its affinity, as a worker pod has it. */
    private static Optional<String> wanted(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getAffinity())
                .map(affinity -> affinity.getNodeAffinity())
                .map(affinity -> affinity.getRequiredDuringSchedulingIgnoredDuringExecution())
                .map(required -> required.getNodeSelectorTerms().get(0))
                .map(term -> term.getMatchFields().get(0).getValues().get(0));
    }

    @Override
    public void close() {
        pods.stop();
        nodes.stop();
        thread.shutdownNow();
    }

    private final class Waker<T extends HasMetadata> implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            wake(0);
        }

        @Override
        public void onUpdate(T before, T object) {
            wake(0);
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            bound.remove(object.getMetadata().getUid());
            wake(0);
        }
    }
}
