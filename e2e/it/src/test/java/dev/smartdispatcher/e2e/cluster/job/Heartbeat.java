package dev.smartdispatcher.e2e.cluster.job;

import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Renews the lease of a node whose kubelet is paused, so that the node is not taken for lost however long the test takes. */
final class Heartbeat implements AutoCloseable {
    /** As a kubelet of this cluster does. */
    private static final int INTERVAL_SECONDS = 3;

    private final KubernetesClient client;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private Heartbeat(KubernetesClient client) {
        this.client = client;
    }

    static Heartbeat of(Cluster cluster, String node) {
        var heart = new Heartbeat(cluster.client());
        heart.timer.scheduleWithFixedDelay(() -> heart.beat(node), 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
        return heart;
    }

    private void beat(String node) {
        try {
            client.leases().inNamespace("kube-node-lease").withName(node).edit(lease -> {
                lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));
                return lease;
            });
        } catch (KubernetesClientException e) {
            // The next one follows.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        client.close();
    }
}
