package dev.smartdispatcher.e2e.bench.cluster;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.bench.stand.BenchFailure;
import dev.smartdispatcher.e2e.bench.stand.Figures;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the node agents cost beside memory.
 *
 * @param writesPerMinute of each agent while nothing is built, the most first: changes of its worker's {@code observedTime}
 * @param firstPublishSeconds from the start of each agent's container until its worker has new facts, the longest first; kubelets
 *     tell the start in whole seconds
 */
record AgentCost(List<Double> writesPerMinute, List<Double> firstPublishSeconds) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Observes idle agents for so long, then starts each anew. */
    static AgentCost of(KubernetesClient client, Duration idle) {
        var writes = writesPerMinute(client, idle);
        var starts = new ArrayList<Double>();
        for (var pod : agents(client)) {
            starts.add(firstPublish(client, pod));
        }
        return new AgentCost(writes, mostFirst(starts));
    }

    private static List<Double> writesPerMinute(KubernetesClient client, Duration idle) {
        var last = observations(client);
        var changes = new HashMap<String, Integer>();
        var end = System.nanoTime() + idle.toNanos();
        while (System.nanoTime() < end) {
            pause();
            var now = observations(client);
            now.forEach((worker, time) -> {
                if (!time.equals(last.put(worker, time))) {
                    changes.merge(worker, 1, Integer::sum);
                }
            });
        }
        return mostFirst(last.keySet().stream()
                .map(worker -> changes.getOrDefault(worker, 0) * 60.0 / idle.toSeconds())
                .toList());
    }

    private static double firstPublish(KubernetesClient client, Pod agent) {
        var node = agent.getSpec().getNodeName();
        var before = observations(client).get(node);
        client.resource(agent).delete();
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            pause();
            if (!Optional.ofNullable(observations(client).get(node)).equals(Optional.ofNullable(before))) {
                var published = Instant.now();
                return started(client, agent)
                        .map(start -> Figures.rounded(
                                Duration.between(start, published).toMillis() / 1000.0, 1))
                        .orElseThrow(() -> new BenchFailure("no agent runs on " + node));
            }
        }
        throw new BenchFailure("the agent on " + node + " publishes nothing");
    }

    /** When the container started of the pod that replaces this one. */
    private static Optional<Instant> started(KubernetesClient client, Pod replaced) {
        return agents(client).stream()
                .filter(pod ->
                        replaced.getSpec().getNodeName().equals(pod.getSpec().getNodeName()))
                .filter(pod -> !pod.getMetadata()
                        .getUid()
                        .equals(replaced.getMetadata().getUid()))
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .filter(status -> status.getState().getRunning() != null)
                .map(status -> Instant.parse(status.getState().getRunning().getStartedAt()))
                .findFirst();
    }

    private static List<Pod> agents(KubernetesClient client) {
        return client.pods()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/part-of", "smart-dispatcher")
                .withLabel("app.kubernetes.io/component", "node-agent")
                .list()
                .getItems();
    }

    private static Map<String, Instant> observations(KubernetesClient client) {
        var times = new HashMap<String, Instant>();
        for (var worker : client.resources(BuildWorker.class).list().getItems()) {
            if (worker.getStatus() != null && worker.getStatus().agent() != null) {
                times.put(
                        worker.getMetadata().getName(),
                        worker.getStatus().agent().observedTime());
            }
        }
        return times;
    }

    private static List<Double> mostFirst(List<Double> figures) {
        return figures.stream()
                .map(figure -> Figures.rounded(figure, 1))
                .sorted((a, b) -> Double.compare(b, a))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }
}
