package dev.smartdispatcher.e2e.api.reading;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the machine itself costs: the longest of the small writes that it makes twenty times a second, of an object in which no
 * operator takes an interest. A stall that these writes share is nobody's fault but the machine's.
 */
final class Yardstick implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final KubernetesClient client;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var daemon = new Thread(work, "yardstick");
        daemon.setDaemon(true);
        return daemon;
    });
    private final AtomicLong longestNanos = new AtomicLong();
    private long written;

    private Yardstick(KubernetesClient client) {
        this.client = client;
    }

    /** Begins to write; the first, which connects, does not count. */
    static Yardstick start(KubernetesClient client) {
        var yardstick = new Yardstick(client);
        client.resource(map()).forceConflicts().serverSideApply();
        // At a fixed delay: an exception ends the writes, and with them what this allows.
        yardstick.thread.scheduleWithFixedDelay(yardstick::write, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return yardstick;
    }

    private void write() {
        var map = map();
        map.setData(Map.of("written", Long.toString(written++)));
        long begin = System.nanoTime();
        client.resource(map).forceConflicts().serverSideApply();
        longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
    }

    /** The longest write until now. */
    Duration longest() {
        return Duration.ofNanos(longestNanos.get());
    }

    @Override
    public void close() {
        thread.shutdownNow();
        client.resource(map()).delete();
    }

    private static ConfigMap map() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("yardstick")
                .withNamespace("default")
                .endMetadata()
                .build();
    }
}
