package dev.smartdispatcher.e2e.hollow;

import dev.smartdispatcher.e2e.pods.Amounts;
import dev.smartdispatcher.e2e.pods.PodPhase;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
 * cordoned and has room for it, and the pod's claims are there. To be closed; the client is the caller's.
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
        pods.getStore().list().stream()
                .filter(pod -> node(pod) == null)
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && !PodPhase.isFinished(pod))
                .forEach(pod -> wanted(pod)
                        .map(nodes.getStore()::getByKey)
                        .filter(node -> takes(node, pod))
                        .ifPresent(node -> place(pod, node.getMetadata().getName())));
    }

    private void place(Pod pod, String node) {
        try {
            missingClaim(pod)
                    .ifPresentOrElse(
                            claim -> refuse(pod, "persistentvolumeclaim \"" + claim + "\" not found"),
                            () -> bind(pod, node));
        } catch (KubernetesClientException e) {
            LOG.atDebug()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .setCause(e)
                    .log("not bound, tried again");
            wake(RETRY_MILLIS);
        }
    }

    private boolean takes(Node node, Pod pod) {
        var used = pods.getStore().list().stream()
                .filter(other -> node.getMetadata().getName().equals(node(other)) && !PodPhase.isFinished(other))
                .map(other -> Amounts.requestedBy(other.getSpec()))
                .reduce(Amounts.NONE, Amounts::plus);
        boolean open =
                node.getSpec() == null || !Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        return open
                && node.getStatus() != null
                && Amounts.of(node.getStatus().getAllocatable())
                        .lacking(used, Amounts.requestedBy(pod.getSpec()))
                        .isEmpty();
    }

    private Optional<String> missingClaim(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .filter(claim -> client.persistentVolumeClaims()
                                .inNamespace(pod.getMetadata().getNamespace())
                                .withName(claim)
                                .get()
                        == null)
                .findFirst();
    }

    /** Says why, once, and looks again soon: nobody watches claims. */
    private void refuse(Pod pod, String why) {
        var conditions = pod.getStatus().getConditions();
        if (conditions.stream().noneMatch(condition -> why.equals(condition.getMessage()))) {
            var meta = pod.getMetadata();
            client.pods()
                    .inNamespace(meta.getNamespace())
                    .withName(meta.getName())
                    .editStatus(p -> {
                        p.getStatus()
                                .setConditions(List.of(new PodConditionBuilder()
                                        .withType("PodScheduled")
                                        .withStatus("False")
                                        .withReason("Unschedulable")
                                        .withMessage(why)
                                        .withLastTransitionTime(Instant.now()
                                                .truncatedTo(ChronoUnit.SECONDS)
                                                .toString())
                                        .build()));
                        return p;
                    });
        }
        wake(RETRY_MILLIS);
    }

    private void bind(Pod pod, String node) {
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
        bound.put(meta.getUid(), node);
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
