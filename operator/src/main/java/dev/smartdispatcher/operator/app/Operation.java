package dev.smartdispatcher.operator.app;

import dev.smartdispatcher.operator.leader.Leadership;
import dev.smartdispatcher.operator.preflight.ClusterCheck;
import dev.smartdispatcher.operator.preflight.Preflight;
import dev.smartdispatcher.operator.preflight.Right;
import dev.smartdispatcher.operator.preflight.ShippedRoles;
import dev.smartdispatcher.web.Page;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The operator in a cluster that may lack what it needs: it waits for that, and says at any time what is missing. */
final class Operation implements AutoCloseable {
    /** While something is missing, which an administrator may be about to mend. */
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final SmartDispatcher scheduler;
    private final ClusterCheck cluster;
    private final Preflight preflight;

    /**
     * @param client fenced by {@code leadership}
     * @param impatient a client that does not retry
     * @param calm between two checks while nothing is missing
     */
    Operation(
            KubernetesClient client,
            KubernetesClient impatient,
            OperatorOptions options,
            Leadership leadership,
            Duration calm,
            MeterRegistry registry) {
        scheduler = new SmartDispatcher(client, options, leadership, Clock.systemUTC(), registry);
        cluster = new ClusterCheck(impatient, rights(options), options.namespace());
        preflight = new Preflight(this::check, AGAIN, calm);
    }

    /** Works, as soon as it can, until the thread is interrupted. */
    void run() throws InterruptedException {
        preflight.start();
        preflight.await();
        scheduler.start();
        new CountDownLatch(1).await();
    }

    /** Why it does not work now, one line each; empty: it does, or stands by. */
    List<String> problems() {
        var found = preflight.problems();
        if (!found.isEmpty()) {
            return found;
        }
        var broken = scheduler.brokenWatches();
        return !broken.isEmpty() || scheduler.ready() ? broken : List.of("starting: the caches are not complete yet");
    }

    /** What an administrator may see of its work. */
    Map<String, Page> debugPages() {
        return scheduler.debugPages();
    }

    /** A watch that is broken while nothing is missing says something too. */
    private List<String> check() {
        var missing = cluster.get();
        return missing.isEmpty() ? scheduler.brokenWatches() : missing;
    }

    private static List<Right> rights(OperatorOptions options) {
        return Stream.concat(
                        ShippedRoles.clusterWide().stream(),
                        options.leader().stream()
                                .flatMap(l -> ShippedRoles.election(l.namespace(), l.lease()).stream()))
                .toList();
    }

    @Override
    public void close() {
        preflight.close();
        scheduler.close();
    }
}
