package dev.smartdispatcher.e2e.bench.cluster;

import dev.smartdispatcher.e2e.bench.stand.BenchFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Times from a request until the one container that comes of it was seen running, by a watch. */
final class Starts {
    private static final double NANOS_PER_MILLI = 1e6;

    private final KubernetesClient client;
    private final String namespace;
    private final Duration limit;

    Starts(KubernetesClient client, String namespace, Duration limit) {
        this.client = client;
        this.namespace = namespace;
        this.limit = limit;
    }

    /**
     * One start.
     *
     * @param podMillis from the request until the pod was seen
     * @param millis until its container was seen running
     */
    record Start(double podMillis, double millis) {}

    /**
     * Creates the object, and deletes it once its container has run to its end.
     *
     * @param label with which its pod is known, that has the object's name
     * @throws BenchFailure if it takes longer than the limit
     */
    Start measure(HasMetadata object, String label) {
        var name = object.getMetadata().getName();
        var created = new CompletableFuture<Long>();
        var running = new CompletableFuture<Long>();
        var finished = new CompletableFuture<Long>();
        try (Watch watch = client.pods()
                .inNamespace(namespace)
                .withLabel(label, name)
                .watch(new Sight(created, running, finished))) {
            long begin = System.nanoTime();
            client.resource(object).create();
            long seen = await(running, name);
            await(finished, name);
            return new Start((await(created, name) - begin) / NANOS_PER_MILLI, (seen - begin) / NANOS_PER_MILLI);
        } finally {
            client.resource(object).delete();
        }
    }

    private long await(CompletableFuture<Long> event, String name) {
        try {
            return event.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BenchFailure(
                    namespace + "/" + name + " does not start or end within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        } catch (ExecutionException e) {
            throw new BenchFailure("the watch broke", e);
        }
    }

    private record Sight(
            CompletableFuture<Long> created, CompletableFuture<Long> running, CompletableFuture<Long> finished)
            implements Watcher<Pod> {
        @Override
        public void eventReceived(Action action, Pod pod) {
            long now = System.nanoTime();
            created.complete(now);
            for (var container : pod.getStatus().getContainerStatuses()) {
                if (container.getState().getRunning() != null
                        || container.getState().getTerminated() != null) {
                    running.complete(now);
                }
            }
            if ("Succeeded".equals(pod.getStatus().getPhase())) {
                finished.complete(now);
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            created.completeExceptionally(cause);
            running.completeExceptionally(cause);
            finished.completeExceptionally(cause);
        }
    }
}
