package dev.smartdispatcher.e2e.hollow;

import dev.smartdispatcher.e2e.pods.PodPhase;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the kubelets of all nodes: a pod that is bound runs at once, for as long as all do, and succeeds; one that is deleted
 * goes. Two writes a pod, as few as a node could do with. To be closed; the client is the caller's.
 */
public final class HollowNodes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HollowNodes.class);
    private static final Duration MOUNT_AGAIN = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final Duration length;
    /** Where there is no scheduler. */
    private final Optional<Binder> binder;

    private final PodListener listener;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService writers;
    private final SharedIndexInformer<Pod> pods;

    private HollowNodes(KubernetesClient client, Duration length, int threads, boolean binding, PodListener listener) {
        this.client = client;
        this.length = length;
        this.listener = listener;
        writers = Executors.newScheduledThreadPool(threads, new DaemonThreads("hollow-node"));
        if (binding) {
            long interval = HollowAgents.INTERVAL.toMillis();
            writers.scheduleWithFixedDelay(() -> HollowAgents.beat(client), interval, interval, TimeUnit.MILLISECONDS);
        }
        pods = client.pods().inAnyNamespace().inform(handler());
        binder = binding ? Optional.of(new Binder(client)) : Optional.empty();
    }

    /** Where a scheduler binds pods. */
    public static HollowNodes start(KubernetesClient client, Duration length, int threads, PodListener listener) {
        return new HollowNodes(client, length, threads, false, listener);
    }

    /**
     * Where none does, with a {@link Binder}. Where no agents are either: however long a test takes, workers do not fall
     * silent.
     */
    public static HollowNodes startBinding(KubernetesClient client, Duration length, int threads) {
        return new HollowNodes(client, length, threads, true, PodListener.NONE);
    }

    private ResourceEventHandler<Pod> handler() {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                listener.created(pod);
                look(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                look(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {
                known.remove(uid(pod));
            }
        };
    }

    private void look(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            later(Duration.ZERO, pod, () -> client.resource(pod)
                    .withGracePeriod(0)
                    .delete());
        } else if (PodPhase.isFinished(pod)) {
            listener.finished(pod);
        } else if (pod.getSpec().getNodeName() != null && known.add(uid(pod))) {
            later(Duration.ZERO, pod, () -> start(pod));
        }
    }

    /** Once it has its volumes; not at all if it is gone before. */
    private void start(Pod pod) {
        if (!known.contains(uid(pod))) {
            return;
        }
        if (!HollowMounts.ready(client, pod)) {
            later(MOUNT_AGAIN, pod, () -> start(pod));
            return;
        }
        HollowStatus.running(client, pod);
        later(length, pod, () -> HollowStatus.succeeded(client, pod));
    }

    private void later(Duration delay, Pod pod, Runnable write) {
        try {
            writers.schedule(() -> attempt(pod, write), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed");
        }
    }

    private void attempt(Pod pod, Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException e) {
            // Gone, or bound by another look at it.
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.atWarn()
                        .addKeyValue("pod", pod.getMetadata().getName())
                        .setCause(e)
                        .log("not written, tried again");
                later(Duration.ofMillis(200), pod, write);
            }
        }
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    @Override
    public void close() {
        binder.ifPresent(Binder::close);
        pods.stop();
        writers.shutdownNow();
    }
}
