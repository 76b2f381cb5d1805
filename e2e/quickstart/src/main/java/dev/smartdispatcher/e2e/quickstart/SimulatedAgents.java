package dev.smartdispatcher.e2e.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.hollow.PublishedFacts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for the node agents of simulated workers: publishes the facts of their manifests again and again, as observed
 * now, by server-side apply as the real agent does.
 */
final class SimulatedAgents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedAgents.class);
    private static final int BEAT_SECONDS = 20;

    private final KubernetesClient client;
    private final Map<String, ObjectNode> facts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    SimulatedAgents(KubernetesClient client) {
        this.client = client;
        timer.scheduleAtFixedRate(
                () -> facts.keySet().forEach(this::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether a worker's facts are made up. */
    boolean simulates(String worker) {
        return facts.containsKey(worker);
    }

    /** Publishes a worker's facts, from now on. */
    void add(String worker, ObjectNode agent) {
        facts.put(worker, agent);
        publish(worker);
    }

    private void beat(String worker) {
        try {
            publish(worker);
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue("worker", worker).setCause(e).log("facts not published");
        }
    }

    private void publish(String worker) {
        PublishedFacts.publish(client, worker, facts.get(worker));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
