package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The agents on all nodes, each with a token of its node and the rights that agents have. */
final class Agents implements AutoCloseable {
    /** More often than agents do, so that facts are there soon after anything. */
    private static final int INTERVAL_SECONDS = 20;

    private final ControlPlane plane;
    private final Rights rights;
    private final Map<String, KubernetesClient> clients = new HashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("agents"));

    Agents(ControlPlane plane, Rights rights) {
        this.plane = plane;
        this.rights = rights;
        Farm.NODES.forEach(this::register);
        Farm.NODES.forEach(node -> Quietly.surely(() -> publish(node, node)));
        timer.scheduleWithFixedDelay(this::beat, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** A Node that is made anew gives its agent a new token. */
    synchronized void register(String node) {
        var old = clients.put(node, plane.client(rights.agentToken(node)));
        if (old != null) {
            old.close();
        }
    }

    void silence(String node) {
        silent.add(node);
    }

    void repair() {
        silent.clear();
        beat();
    }

    private void beat() {
        Farm.NODES.stream()
                .filter(node -> !silent.contains(node))
                .forEach(node -> Quietly.once(() -> publish(node, node)));
    }

    /** The agent on a node writes the facts of a worker; the API server lets it only if that is its own. */
    synchronized void publish(String node, String worker) {
        AgentRequest.publish(clients.get(node), worker, Farm.facts(worker, node));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
